//! Help, completions and misuse.

use std::process::Command;

use expect_test::expect;

use crate::{program, shown};

#[test]
fn the_help() {
    let help = shown(&program().arg("--help").output().unwrap(), None);
    let lines: Vec<_> = help.lines().map(str::trim_end).collect();
    expect![[r#"
        What a project does with the parameters of its Lambda functions, outside of the functions.

        It reads which parameters a function needs from the function itself: from the program that `cargo
        lambda build` or `cargo build` left in `target/`, or from the one that `--artifact` names. Commands
        that need an AWS account find it as the AWS CLI does.

        Usage: stage-config [OPTIONS] <COMMAND>

        Commands:
          list         List what a configuration reads, by stage
          policy       Print the IAM statements that the role of a function needs at a stage
          export       Write the description into files to commit: JSON for tools, and Markdown for people
          check        Check that all parameters of a stage are there, before it is deployed
          put          Put parameters into the account, each checked before it is written
          diff         Compare the parameters of two stages, and show no value
          history      Show the versions of a parameter: when, who and which labels
          unused       List what is below a path and is read at no stage
          snapshot     Write the names that exist at a stage into a file, to check the code against
          example      Print a file of parameters for `serve`, with a placeholder for each value
          serve        Run a command beside a local Parameter Store, with the parameters of a file
          completions  Print the completions for a shell
          help         Print this message or the help of the given subcommand(s)

        Options:
              --color <WHEN>
                  Controls when to use color

                  [default: auto]
                  [possible values: auto, always, never]

          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Configuration:
              --artifact <FILE>
                  The program, a zip with it, or its description in JSON; without it, what is in `target/`

              --config <NAME>
                  The struct, if the program has several

        AWS account:
              --profile <NAME>
                  The profile of your AWS configuration

              --region <REGION>
                  The region

              --endpoint-url <URL>
                  Another endpoint than that of AWS, such as `stage-config-local`

        Run `stage-config help COMMAND` for the options of a command.
    "#]].assert_eq(&format!("{}\n", lines.join("\n")));
}

#[test]
fn as_a_command_of_cargo() {
    let program = env!("CARGO_BIN_EXE_cargo-stage-config");
    for arguments in [&["stage-config", "--version"][..], &["--version"]] {
        let output = Command::new(program).args(arguments).output().unwrap();
        let version = format!("stage-config {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(shown(&output, None), version);
    }
}

#[test]
fn misuse_exits_with_2() {
    expect![[r#"
        --- standard error
        error: unrecognized subcommand 'chek'

          tip: a similar subcommand exists: 'check'

        Usage: stage-config [OPTIONS] <COMMAND>

        For more information, try '--help'.
        --- exit status: 2
    "#]]
    .assert_eq(&shown(&program().args(["chek"]).output().unwrap(), None));
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let output = program().args(["completions", shell]).output().unwrap();
        assert!(shown(&output, None).contains("names-only"), "{shell}");
    }
}
