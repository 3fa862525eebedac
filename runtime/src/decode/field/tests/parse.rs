//! By a function of the user's.

use expect_test::expect;
use secrecy::{ExposeSecret, SecretBox, SecretString};

use super::{errors, read};
use crate::decode::convert::{InBase64, Parse};

fn percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').ok_or(format!("`{text}` has no `%`"))?;
    number.parse().map_err(|_| format!("`{number}` is no number"))
}

fn user(text: &str) -> Result<String, &'static str> {
    text.split_once(':').map(|(user, _)| user.to_owned()).ok_or("it has no `:`")
}

fn boxed(text: &str) -> Result<SecretBox<u8>, String> {
    percent(text).map(|percent| SecretBox::new(Box::new(percent)))
}

#[test]
fn a_function_fills_a_field() {
    assert_eq!(read!(u8, Parse(percent), "50%").unwrap(), 50);
    assert_eq!(read!(Option<u8>, Parse(percent), "50%").unwrap(), Some(50));
    assert_eq!(read!(Option<u8>, Parse(percent), absent).unwrap(), None);
    assert_eq!(read!(u8, Parse(percent), absent, or "7%").unwrap(), 7);
    assert_eq!(read!(u8, Parse(str::parse::<u8>), "7").unwrap(), 7);
    assert_eq!(read!(u8, Parse(|text| percent(text.trim())), " 7%").unwrap(), 7);
    assert_eq!(read!(u8, InBase64(Parse(percent)), "NTAl").unwrap(), 50);
}

#[test]
fn a_secret_is_filled_by_what_is_in_it_or_by_itself() {
    assert_eq!(*read!(SecretBox<u8>, Parse(percent), "50%").unwrap().expose_secret(), 50);
    assert_eq!(*read!(SecretBox<u8>, Parse(boxed), "50%").unwrap().expose_secret(), 50);
    assert_eq!(read!(SecretString, Parse(user), "me:x").unwrap().expose_secret(), "me");
    let optional = read!(Option<SecretBox<u8>>, Parse(percent), "50%").unwrap().unwrap();
    assert_eq!(*optional.expose_secret(), 50);
}

#[test]
fn its_error_is_shown_where_nothing_is_secret() {
    errors!(
        expect![[r#"
            field: parameter `/a` is not a `u8`: `50` has no `%`
            field: parameter `/a` is not a `u8`: `50% ` has no `%`; it has whitespace at its ends
            field: the string literal is not a `u8`: `x` is no number
            field: parameter `/a` is not a `u8`: decoded from base64: `50\n` has no `%`; it has whitespace at its ends
            field: parameter `/a` is not a `u8` (its text is secret and not shown)
            field: parameter `/a` is not a `u8`: decoded from base64 (its text is secret and not shown)
            field: parameter `/a` is not a `SecretBox<u8>` (its text is secret and not shown)
            field: parameter `/a` is not a `SecretBox<u8>` (its text is secret and not shown)
            field: parameter `/a` is not a `SecretString` (its text is secret and not shown)"#]],
        [
            read!(u8, Parse(percent), "50"),
            read!(u8, Parse(percent), "50% "),
            read!(u8, Parse(percent), absent, or "x%"),
            read!(u8, InBase64(Parse(percent)), "NTAK"),
            read!(u8, Parse(percent), secure "hunter2"),
            read!(u8, InBase64(Parse(percent)), secure "aHVudGVyMg=="),
            read!(SecretBox<u8>, Parse(percent), "hunter2"),
            read!(SecretBox<u8>, Parse(boxed), "hunter2"),
            read!(SecretString, Parse(user), "hunter2"),
        ]
    );
}
