//! What a program would meet that came past the assertion of the derive.

use expect_test::expect;

use super::{errors, read};
use crate::decode::convert::{Json, Text};

#[test]
fn json_is_a_problem() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not readable without the feature `json`: build `stage-config` with `features = ["json"]`
            field: parameter `/a` is not readable without the feature `json`: build `stage-config` with `features = ["json"]`"#]],
        [read!(u8, Json, "hunter2"), read!(u8, Text, "hunter2", key "a")]
    );
}
