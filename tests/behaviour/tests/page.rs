//! The page of compile errors in the documentation shows `ui/page/`: what is written, and what
//! the compiler says of it.

use std::fs;

use expect_test::expect_file;

/// A file of `ui/page/` as a reader is to see it, and the compiler's words for it.
fn shown(name: &str) -> (String, String) {
    let read = |extension| {
        fs::read_to_string(format!("ui/page/{name}.{extension}"))
            .unwrap_or_else(|it| panic!("ui/page/{name}.{extension}: {it}"))
    };
    let without_mark = |line: &str| line.trim_end_matches('~').trim_end_matches(" //").to_owned();
    let joined = |lines: Vec<String>| lines.join("\n") + "\n";
    let source = read("rs").replace("\nfn main() {}\n", "");
    let said = read("stderr").replace("ui/page/", "src/");
    // Where in our code the compiler was is of no use to the reader.
    let said = said.lines().take_while(|it| !it.starts_with("note: required by a bound"));
    (joined(source.lines().map(without_mark).collect()), joined(said.map(without_mark).collect()))
}

#[test]
fn the_page_of_errors_shows_what_the_compiler_says() {
    let page = fs::read_to_string("../../runtime/src/compile_errors.md").unwrap();
    let mut on_page = Vec::new();
    let sections = page.split("\n# ").enumerate().map(|(number, section)| {
        if number == 0 {
            return section.to_owned();
        }
        let (_, place) = section.split_once("--> src/").expect("each section has an error");
        let (name, _) = place.split_once(".rs:").expect("in a file");
        on_page.push(name.to_owned());
        let (source, said) = shown(name);
        let text = section.split("```").next().expect("the words before the code");
        format!("{text}```compile_fail\n{source}```\n\n```text\n{said}```\n")
    });
    let up_to_date = sections.collect::<Vec<_>>().join("\n# ");
    expect_file!["../../../runtime/src/compile_errors.md"].assert_eq(&up_to_date);

    let files = fs::read_dir("ui/page").unwrap().map(|it| it.unwrap().path());
    let mut in_folder: Vec<_> = files
        .filter(|it| it.extension().is_some_and(|it| it == "rs"))
        .map(|it| it.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    in_folder.sort();
    on_page.sort();
    assert_eq!(on_page, in_folder, "files of ui/page on the page");
}
