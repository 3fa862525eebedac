//! Bytes, and texts, in base64.

use expect_test::expect;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use super::{errors, read};
use crate::decode::convert::Base64;

#[test]
fn bytes_and_texts() {
    assert_eq!(read!(Vec<u8>, Base64, "AP9h").unwrap(), [0, 255, b'a']);
    assert_eq!(read!(Vec<u8>, Base64, "").unwrap(), [0; 0]);
    assert_eq!(read!(String, Base64, "w6Q=").unwrap(), "ä");
    assert_eq!(
        *read!(SecretBox<Vec<u8>>, Base64, secure "AP8=").unwrap().expose_secret(),
        [0, 255]
    );
    assert_eq!(read!(SecretString, Base64, secure "w6Q=").unwrap().expose_secret(), "ä");
    assert_eq!(read!(Option<String>, Base64, "w6Q=").unwrap().as_deref(), Some("ä"));
    assert_eq!(read!(Option<Vec<u8>>, Base64, absent).unwrap(), None);
    assert_eq!(read!(String, Base64, absent, or "w6Q=").unwrap(), "ä");
}

#[test]
fn an_error_says_where_and_never_what() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not base64: character 8 is not one of `A-Z a-z 0-9 + /`, or is misplaced
            field: parameter `/a` is not base64: character 7 is not one of `A-Z a-z 0-9 + /`, or is misplaced
            field: parameter `/a` is not base64: character 1 is not one of `A-Z a-z 0-9 + /`, or is misplaced
            field: parameter `/a` is not base64: character 3 is not one of `A-Z a-z 0-9 + /`, or is misplaced
            field: parameter `/a` is not base64: it is cut short, or the `=` at its end are wrong
            field: parameter `/a` is not base64: it is cut short, or the `=` at its end are wrong
            field: parameter `/a` is not base64: character 3 is not one of `A-Z a-z 0-9 + /`, or is misplaced
            field: parameter `/a` is not base64: character 5 is not one of `A-Z a-z 0-9 + /`, or is misplaced; it has whitespace at its ends
            field: parameter `/a` is not base64: character 1 is not one of `A-Z a-z 0-9 + /`, or is misplaced; it has whitespace at its ends
            field: parameter `/a` is not base64: character 5 is a line break: write it on one line, as `base64 -w 0` does; it has whitespace at its ends
            field: parameter `/a` is not base64: character 5 is a line break: write it on one line, as `base64 -w 0` does
            field: parameter `/a` is not a text in base64: decoded byte 3 is not UTF-8
            field: parameter `/a` is not a text in base64: decoded byte 3 is not UTF-8
            field: the string literal is not base64: character 1 is not one of `A-Z a-z 0-9 + /`, or is misplaced"#]],
        [
            read!(Vec<u8>, Base64, "hunter2!"),
            read!(SecretString, Base64, secure "hunter-2"),
            read!(Vec<u8>, Base64, "ä"),
            read!(Vec<u8>, Base64, "AP=h"),
            read!(Vec<u8>, Base64, "AP8"),
            read!(Vec<u8>, Base64, "AP9hA"),
            read!(Vec<u8>, Base64, "AP9="),
            read!(Vec<u8>, Base64, "AP9h\n"),
            read!(Vec<u8>, Base64, " AP9h"),
            read!(Vec<u8>, Base64, "AP9h\nAP9h\n"),
            read!(Vec<u8>, Base64, "AP9h\r\nAP9h"),
            read!(String, Base64, "YWL/"),
            read!(SecretString, Base64, secure "YWL/"),
            read!(String, Base64, absent, or "?"),
        ]
    );
}
