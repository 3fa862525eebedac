//! Faults from TOML: they can say all that code can, and each mistake has a clear error.

use std::time::Duration;

use stage_config_local::{At, Fault, On, faults_from_toml};

/// What a file says, and what code says.
fn pairs() -> Vec<(&'static str, Fault)> {
    let [any, call] = [On::any(), On::call("GetParameters")];
    let (any, call, path) =
        (move || any.clone(), move || call.clone(), || On::call("GetParametersByPath"));
    let millis = Duration::from_millis;
    vec![
        (r#"on = { call = "GetParameters" }; reply = "deny""#, call().deny()),
        (r#"on = { name = "/a", first = 2 }; reply = "fail""#, any().name("/a").first(2).fail()),
        (
            r#"on = { call = "Decrypt", nth = 3 }; reply = "no_key""#,
            On::call("Decrypt").nth(3).no_key(),
        ),
        (
            r#"on = { call = "GetParametersByPath", page = 2 }; reply = "empty_page""#,
            path().page(2).empty_page(),
        ),
        (r#"on.call = "GetParametersByPath"; reply = "page_again""#, path().page_again()),
        (r#"on.call = "GetParametersByPath"; reply = "page_back""#, path().page_back()),
        (r#"on.call = "GetParametersByPath"; reply.page_of = "/q""#, path().page_of("/q")),
        ("delay_ms = 20", any().delay(millis(20))),
        (
            "latency = { least_ms = 20, most_ms = 80, seed = 7 }",
            any().latency(millis(20)..=millis(80), 7),
        ),
        ("latency = { least_ms = 20, most_ms = 80 }", any().latency(millis(20)..=millis(80), 0)),
        ("throttle = { per_second = 40 }", any().throttle(40)),
        ("throttle = { per_second = 40, burst = 80 }", any().throttle_after_burst(40, 80)),
        (r#"reply = { error = { code = "A", message = "b" } }"#, any().error("A", "b")),
        (r#"reply = { error = { code = "A" } }"#, any().error("A", "")),
        (r#"reply = { answer = { status = 503, body = "sorry" } }"#, any().answer(503, "sorry")),
        ("reply = { answer = { status = 503 } }", any().answer(503, "")),
        (r#"reply = { raw = "what?\r\n" }"#, any().raw("what?\r\n")),
        ("reply = { raw = [0x16, 3, 255] }", any().raw([0x16, 3, 255])),
        (r#"reply = "omit""#, any().omit()),
        (r#"reply = "in_both""#, any().in_both()),
        (r#"reply = { twice = "7" }"#, any().twice("7")),
        (r#"reply = { also = { name = "/z", value = "26" } }"#, any().also("/z", "26")),
        (r#"reply = { rename = "/A" }"#, any().rename("/A")),
        (r#"reply = { set = { member = "Type", value = "Other" } }"#, any().set("Type", "Other")),
        (r#"reply = { without = "Value" }"#, any().without("Value")),
        (r#"ending = { stall = "start" }"#, any().stall(At::Start)),
        (r#"ending = { cut = "head" }"#, any().cut(At::Head)),
        (r#"ending = { reset = { body = 10 } }"#, any().reset(At::Body(10))),
        (r#"ending = { reset = "end" }"#, any().reset(At::End)),
        ("length = 7", any().length(7)),
        (r#"second = { status = 200, body = "2" }"#, any().second(200, "2")),
        (r#"reply = "fail"; ending = "endless""#, any().fail().endless()),
        (
            r#"reply = "fail"; headers = { Retry-After = "1", a = "b" }; length = 7"#,
            any().fail().header("Retry-After", "1").header("a", "b").length(7),
        ),
        (
            r#"second = { status = 200, body = "2" }; reply = "fail"; ending.cut = "end""#,
            any().fail().second(200, "2").cut(At::End),
        ),
        (r#"reply = "deny"; ending.stall = "head""#, any().deny().stall(At::Head)),
        (r#"reply = "deny"; ending.reset = "head""#, any().deny().reset(At::Head)),
    ]
}

fn line(text: &str) -> String {
    format!("[[fault]]\n{}\n", text.replace("; ", "\n"))
}

#[test]
fn a_file_says_all_that_code_does() {
    let (texts, faults): (Vec<_>, Vec<_>) = pairs().into_iter().unzip();
    for (text, fault) in texts.iter().zip(&faults) {
        assert_eq!(faults_from_toml(&line(text)).unwrap(), std::slice::from_ref(fault), "{text}");
    }
    let all: String = texts.into_iter().map(line).collect();
    assert_eq!(faults_from_toml(&all).unwrap(), faults, "in the order of the file");
    assert_eq!(faults_from_toml("").unwrap(), []);
}

#[test]
fn these_are_all_faults() {
    let [here, on, fault] = [
        include_str!("script.rs"),
        include_str!("../../src/faults/on.rs"),
        include_str!("../../src/faults/fault.rs"),
    ];
    let functions = |text: &'static str| {
        text.split("    pub fn ").skip(1).map(|it| it.split('(').next().unwrap())
    };
    let all: Vec<_> = functions(on).chain(functions(fault)).collect();
    assert!(all.contains(&"nth") && all.contains(&"second"), "{all:?}");
    for function in all {
        let called = format!("{function}(");
        assert!(
            here.contains(&format!(".{called}")) || here.contains(&format!("::{called}")),
            "{function}"
        );
    }
}

#[track_caller]
fn mistake(text: &str) -> String {
    faults_from_toml(text).unwrap_err().to_string()
}

#[test]
fn mistakes_have_a_line_and_say_what_is_allowed() {
    let fine = "[[fault]]\nreply = \"deny\"\n\n";
    let cases = [
        (
            "reply = \"denied\"",
            "line 5, column 9: unknown variant `denied`, expected one of `deny`, `fail`, `no_key`, `error`",
        ),
        (
            "rely = \"deny\"",
            "line 5, column 1: unknown field `rely`, expected one of `on`, `delay_ms`, `latency`",
        ),
        (
            "on = { cal = \"GetParameters\" }",
            "line 5, column 8: unknown field `cal`, expected one of `call`, `name`, `page`, `nth`, `first`",
        ),
        ("throttle = { burst = 1 }", "line 5, column 12: missing field `per_second`"),
        (
            "reply = { answer = { status = 503, text = \"\" } }",
            "unknown field `text`, expected `status` or `body`",
        ),
        ("reply = { answer = { status = 503, body = 1 } }", "expected text or a list of bytes"),
        (
            "ending = { cut = \"middle\" }",
            "line 5, column 18: unknown variant `middle`, expected one of `start`, `head`, `body`, `end`",
        ),
        ("delay_ms = -1", "line 5, column 12: invalid value"),
        ("reply = \"deny", "line 5, column "),
        // A fault that cannot happen is at the place of its table.
        ("reply = \"empty_page\"", "line 4, column 1: only `GetParametersByPath` has pages"),
        (
            "on = { call = \"GetParametres\" }\nreply = \"deny\"",
            "line 4, column 1: there is no operation `GetParametres` here; did you mean `GetParameters`?",
        ),
        (
            "on = { nth = 1, first = 1 }\nreply = \"deny\"",
            "line 4, column 1: `nth` and `first` exclude each other",
        ),
        ("on = { first = 1 }", "line 4, column 1: it selects calls, but nothing happens to them"),
        (
            "delay_ms = 1\nlatency = { least_ms = 1, most_ms = 2 }",
            "line 4, column 1: a delay and a latency exclude each other",
        ),
        (
            "reply = \"fail\"\nheaders = { content-length = \"1\" }",
            "line 4, column 1: the store sets the length of the body; `length` sets another",
        ),
    ];
    for (text, expected) in cases {
        let said = mistake(&format!("{fine}[[fault]]\n{text}\n"));
        assert!(said.contains(expected) && said.starts_with("line "), "{text}: {said}");
    }
    let said = mistake("[fault]\nreply = \"deny\"\n");
    assert!(said.starts_with("line 1, column 1: invalid type: map, expected a sequence"), "{said}");
    assert!(mistake("[[faults]]\n").contains("unknown field `faults`, expected `fault`"));
}
