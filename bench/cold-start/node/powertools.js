// Powertools for AWS Lambda (TypeScript), as its documentation says.

import { getParametersByName } from '@aws-lambda-powertools/parameters/ssm';

const names = Array.from({ length: 12 }, (_, i) => `/bench/${String(i + 1).padStart(2, '0')}`);
const values = await getParametersByName(Object.fromEntries(names.map((name) => [name, {}])), {
  decrypt: true,
});
if (Object.values(values).filter((value) => value.startsWith('example-')).length !== 12) {
  process.exit(1);
}
