//! What `--artifact` may be, and what is found without it.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};
use stage_config::StageConfig;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::{Shop, program, shown};

#[derive(StageConfig)]
#[expect(dead_code, reason = "only its description is used")]
struct Mail {
    #[ssm("/mail/key")]
    key: String,
}

const SHOP: &[u8] = Shop::__DESCRIPTION;
const MAIL: &[u8] = Mail::__DESCRIPTION;

/// How a program begins on each platform: ELF for aarch64, Mach-O, PE.
const PROGRAMS: [(&str, &[u8]); 3] = [
    ("elf", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\xb7\0"),
    ("mach-o", b"\xcf\xfa\xed\xfe\x0c\0\0\x01"),
    ("pe", b"MZ\x90\0\x03\0\0\0PE\0\0"),
];

fn file(name: &str, parts: &[&[u8]]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, parts.concat()).unwrap();
    path
}

fn zip(entry: &str, program: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file(entry, options).unwrap();
    zip.write_all(program).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The output, with the name of the file as its path.
fn list(path: &Path, arguments: &[&str]) -> String {
    let output = program().arg("list").arg("--artifact").arg(path).args(arguments).output();
    let name = path.file_name().unwrap().to_str().unwrap();
    shown(&output.unwrap(), None).replace(path.to_str().unwrap(), name)
}

#[test]
fn a_program_of_any_platform_a_zip_and_json_are_the_same() {
    let json = file("same.json", &[Shop::PARAMETERS.to_json().as_bytes()]);
    let expected = list(&json, &["--format", "json"]);
    assert_eq!(expected, Shop::PARAMETERS.to_json());
    for (name, head) in PROGRAMS {
        let program = [head, &[0; 4096], SHOP, &[0; 4096]].concat();
        let zip = file(&format!("{name}.zip"), &[&zip("bootstrap", &program)]);
        for path in [file(name, &[&program]), zip] {
            assert_eq!(list(&path, &["--format", "json"]), expected, "{}", path.display());
        }
    }
}

#[test]
fn several_are_all_shown_unless_one_is_chosen() {
    let both = file("both", &[PROGRAMS[0].1, SHOP, MAIL, SHOP]);
    let list = |arguments: &[&str]| list(&both, arguments);
    expect![[r#"
        `Mail`
        FIELD  PARAMETER  TYPE
        key    /mail/key  String
    "#]]
    .assert_eq(&list(&["--config", "Mail"]));
    assert_eq!(list(&["--config", "Mail", "--format", "markdown"]), Mail::PARAMETERS.to_markdown());
    assert!(list(&[]).starts_with("`Shop` at `dev`\n"));
    assert!(list(&["--format", "json"]).starts_with("[\n"));
    expect![[r#"
        --- standard error
        error: no configuration is called `Mails`; did you mean `Mail`?
        help: there are `Shop`, `Mail`
        --- exit status: 2
    "#]]
    .assert_eq(&list(&["--config", "Mails"]));
}

/// These descriptions at byte 64 of a program for each platform, and of one in a zip.
fn artifacts(name: &str, descriptions: &[&[u8]]) -> Vec<PathBuf> {
    let programs = PROGRAMS.map(|(platform, head)| {
        let padding = vec![0; 64 - head.len()];
        (platform, [head, &padding, &descriptions.concat()].concat())
    });
    let zip = zip("bootstrap", &programs[0].1);
    let files = programs.iter().map(|(platform, program)| (*platform, program));
    let files = files.chain([("zip", &zip)]);
    files.map(|(end, bytes)| file(&format!("{name}.{end}"), &[bytes])).collect()
}

#[test]
fn what_is_wrong_with_a_program_is_one_clear_line_on_each_platform() {
    let changed = |at: usize, byte: u8| {
        let mut bytes = SHOP.to_vec();
        bytes[at] = byte;
        bytes
    };
    let (newer, damaged) = (changed(16, 2), changed(25, 0xff));
    let cut_off = format!("is cut off: the file has 100 of its {} bytes", SHOP.len());
    let other = "has format 2, of another version of stage-config; this one reads format 1";
    let not_text = "is damaged: a text is not UTF-8";
    for (name, descriptions, why) in [
        ("newer", &[&*newer][..], other),
        ("cut", &[&SHOP[..100]], &cut_off),
        ("damaged", &[&damaged], not_text),
        ("one-damaged", &[&*damaged, MAIL], not_text),
    ] {
        for path in artifacts(name, descriptions) {
            let file = path.file_name().unwrap().display().to_string();
            let line = format!("error: `{file}`: the description at byte 64 {why}");
            let expected = format!("--- standard error\n{line}\n--- exit status: 1\n");
            assert_eq!(list(&path, &[]), expected);
        }
    }
    for path in artifacts("none", &[]) {
        let file = path.file_name().unwrap().display().to_string();
        let said = list(&path, &[]);
        let line =
            format!("--- standard error\nerror: `{file}` describes no configuration\nhelp: ");
        assert!(said.starts_with(&line) && said.ends_with("--- exit status: 1\n"), "{said}");
    }
    for path in artifacts("several", &[SHOP, MAIL, SHOP]) {
        let said = list(&path, &[]);
        assert!(said.starts_with("`Shop` at `dev`\n") && said.contains("\n`Mail`\n"), "{said}");
    }
}

#[test]
fn what_cannot_be_read_is_one_clear_line() {
    let check = |name: &str, bytes: &[u8], expected: Expect| {
        expected.assert_eq(&list(&file(name, &[bytes]), &[]));
    };
    check(
        "other.zip",
        &zip("handler.py", b""),
        expect![[r#"
        --- standard error
        error: `other.zip`: no `bootstrap` in the zip: specified file not found in archive
        --- exit status: 1
    "#]],
    );
    check(
        "broken.zip",
        b"PK\x03\x04",
        expect![[r#"
        --- standard error
        error: `broken.zip`: the zip cannot be read: invalid Zip archive: Could not find EOCD
        --- exit status: 1
    "#]],
    );
    let mut damaged = zip("bootstrap", SHOP);
    // Behind the header and the name of the file.
    damaged[45] ^= 0xff;
    check(
        "damaged.zip",
        &damaged,
        expect![[r#"
        --- standard error
        error: `damaged.zip`: `bootstrap` in the zip cannot be read: corrupt deflate stream
        --- exit status: 1
    "#]],
    );
    check(
        "other.json",
        b"{}",
        expect![[r#"
            --- standard error
            error: `other.json`: it is not a description: missing field `config` at line 1 column 2
            --- exit status: 1
        "#]],
    );
    check(
        "broken.json",
        b"{",
        expect![[r#"
        --- standard error
        error: `broken.json`: it is not JSON: EOF while parsing an object at line 1 column 1
        --- exit status: 1
    "#]],
    );
    expect![[r#"
        --- standard error
        error: cannot read `at-all`: No such file or directory (os error 2)
        --- exit status: 1
    "#]]
    .assert_eq(&list(Path::new("/nowhere/at-all"), &[]));
}

/// It reads descriptions, and has none.
#[test]
fn this_program_is_not_taken_for_one_that_loads() {
    let this = Path::new(env!("CARGO_BIN_EXE_stage-config"));
    assert!(list(this, &[]).contains("`stage-config` describes no configuration"));
}

#[test]
fn without_an_artifact_it_is_what_cargo_left() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("built");
    let list = || {
        let output = program().arg("list").env("CARGO_TARGET_DIR", &folder).output().unwrap();
        shown(&output, None).replace(folder.to_str().unwrap(), "target")
    };
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    expect![[r#"
        --- standard error
        error: no program in `target` loads a configuration
        help: build it: `cargo lambda build --release`
        help: add `--artifact FILE`: the program, a zip with it, or its description in JSON
        --- exit status: 2
    "#]]
    .assert_eq(&list());
    file("built/release/damaged", &[&SHOP[..SHOP.len() - 1]]);
    assert!(list().contains("`target/release/damaged`: the description at byte"), "{}", list());
    file("built/release/other", &[PROGRAMS[0].1]);
    file(&format!("built/release/mail{}", std::env::consts::EXE_SUFFIX), &[MAIL]);
    assert!(list().starts_with("`Mail`"));
    file("built/lambda/shop/bootstrap", &[SHOP]);
    assert!(list().starts_with("`Shop`"));
    file("built/lambda/mail/bootstrap", &[MAIL]);
    expect![[r#"
        --- standard error
        error: several programs load a configuration
        help: `--artifact target/lambda/mail/bootstrap`
        help: `--artifact target/lambda/shop/bootstrap`
        --- exit status: 2
    "#]]
    .assert_eq(&list());
}

#[test]
fn what_is_exported_is_checked() {
    let shop = file("export/shop", &[SHOP]);
    let export = |arguments: &[&str]| {
        let mut program = program();
        let program = program.arg("export").arg("--artifact").arg(&shop).args(arguments);
        shown(&program.current_dir(shop.parent().unwrap()).output().unwrap(), None)
    };
    let read = |name: &str| fs::read_to_string(shop.with_file_name(name)).unwrap_or_default();
    let _ = fs::remove_file(shop.with_file_name("stage-config.json"));
    let _ = fs::remove_file(shop.with_file_name("CONFIG.md"));
    expect![[r#"
        --- standard error
        error: stale: `stage-config.json`, `CONFIG.md`
        help: run `stage-config export` and commit what it writes
        --- exit status: 1
    "#]]
    .assert_eq(&export(&["--check"]));
    expect![[r#"
        --- standard error
        wrote `stage-config.json`
        wrote `CONFIG.md`
    "#]]
    .assert_eq(&export(&[]));
    assert_eq!(read("stage-config.json"), Shop::PARAMETERS.to_json());
    assert_eq!(read("CONFIG.md"), Shop::PARAMETERS.to_markdown());
    assert_eq!(export(&["--check"]), "");
    assert_eq!(export(&[]), "");
    file("export/CONFIG.md", &[b"other"]);
    assert!(export(&["--check"]).contains("stale: `CONFIG.md`"));
}
