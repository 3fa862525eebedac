//! Fields read from slots by each conversion, as the derive has it done.

mod base64;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "json")]
mod json_key;
mod parse;
mod text;
#[cfg(not(feature = "json"))]
mod without_json;

use super::{Decoder, FieldDecoder};
use crate::schema::scope::Scope;
use crate::schema::stage::Stage;
use crate::schema::table::{Field, ParameterTable};
use crate::source::{Answer, Answers};
use crate::{ProblemKind, StageConfig};

#[derive(StageConfig)]
#[stage_config(crate = crate)]
#[expect(dead_code, reason = "asked for its table")]
struct Config {
    #[ssm("/a")]
    field: String,
}

/// What `as_asked` makes of `answer` for a field of type `ty`, or the line of the error. `check`
/// comes before it, as in a load.
fn read_field<T>(
    ty: &'static str,
    secret: bool,
    json_key: Option<&'static str>,
    answer: Answer,
    check: impl FnOnce(&mut Decoder<'_>),
    as_asked: impl FnOnce(FieldDecoder<'_, '_>) -> Option<T>,
) -> Result<T, String> {
    let field = Field { json_key, secret, ty, ..Config::PARAMETERS.fields[0] };
    let fields: &'static [Field] = vec![field].leak();
    let table: &'static ParameterTable =
        Box::leak(Box::new(ParameterTable { fields, ..*Config::PARAMETERS }));
    let (stage, rows) = Stage::named(table, "dev").unwrap();
    let (answers, mut problems) = (Answers::from_iter([("/a", answer)]), Vec::new());
    let scope = Scope::new(table);
    let mut decoder = Decoder::new(scope, &rows, &stage, &answers, None, &mut problems);
    check(&mut decoder);
    let read = as_asked(decoder.field(0));
    assert_eq!(read.is_none(), !problems.is_empty(), "a problem is noted where nothing is read");
    read.ok_or_else(|| {
        let [problem] = &*problems else { panic!("one problem for one field") };
        assert_eq!(problem.fields(), ["field"]);
        assert!(matches!(problem.kind(), ProblemKind::Malformed | ProblemKind::Missing));
        assert_eq!(format!("{problem:?}"), problem.to_string());
        problem.to_string()
    })
}

/// `read!(u16, Text, "5")`: the parameter has this text; with `secure "5"`, as a SecureString. With
/// `key "a.b"`, the key of that JSON; with `or "7"`, by default this literal.
macro_rules! read {
    ($ty:ty, $by:expr, secure $text:expr $(, key $key:literal)? $(, or $or:literal)?) => {
        read!(@ $ty, $by, $crate::source::Answer::secure($text) $(, key $key)? $(, or $or)?)
    };
    ($ty:ty, $by:expr, absent $(, key $key:literal)? $(, or $or:literal)?) => {
        read!(@ $ty, $by, $crate::source::Answer::Missing $(, key $key)? $(, or $or)?)
    };
    (@ $ty:ty, $by:expr, $answer:expr $(, key $key:literal)? $(, or $or:literal)?) => {{
        #[allow(unused_imports)]
        use $crate::__private::{FieldType, FieldTypeDefaults as _};
        let secret = FieldType::<$ty>::SECRET;
        let key = None$(.or(Some($key)))?;
        let check = |_decoder: &mut $crate::decode::decoder::Decoder<'_>| {
            $(let _ = FieldType::<$ty>::NEW.__stage_config_convert(_decoder.check_literal(0, "", $or), $by);)?
        };
        $crate::decode::field::tests::read_field(stringify!($ty), secret, key, $answer, check, |slot| {
            $(let slot = slot.or_literal($or);)?
            FieldType::<$ty>::NEW.__stage_config_convert(slot, $by)
        })
    }};
    ($ty:ty, $by:expr, $text:expr $(, key $key:literal)? $(, or $or:literal)?) => {
        read!(@ $ty, $by, $crate::source::Answer::found($text) $(, key $key)? $(, or $or)?)
    };
}
use read;

/// Holds errors against what they are to be, one a line, and none of them to the content.
macro_rules! errors {
    ($expected:expr, [$($read:expr),* $(,)?]) => {{
        let errors = [$($read.map(|_| ()).unwrap_err()),*].join("\n");
        $expected.assert_eq(&errors);
        assert!(!errors.contains("hunter"), "a value is in an error");
    }};
}
use errors;
