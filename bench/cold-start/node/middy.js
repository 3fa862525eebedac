// middy and its middleware for Parameter Store, as its documentation says.

import middy from '@middy/core';
import ssm from '@middy/ssm';

const keys = Array.from({ length: 12 }, (_, i) => `key${String(i + 1).padStart(2, '0')}`);
const fetchData = Object.fromEntries(keys.map((key) => [key, key.replace('key', '/bench/')]));
const handler = middy()
  .use(ssm({ fetchData, setToContext: true, cacheKey: 'bench' }))
  .handler((_event, context) => keys.map((key) => context[key]));

const values = await handler({}, { getRemainingTimeInMillis: () => 10000 });
if (values.filter((value) => value.startsWith('example-')).length !== 12) {
  process.exit(1);
}
