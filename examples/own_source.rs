//! A custom source: parameters are files in a folder, as with secrets that are mounted into a
//! container.
//!
//! It shows the contract of a `Source`: it receives names, and answers for each whether it is
//! found, missing, denied, unreadable or temporarily unavailable.
//!
//! Run it with `cargo run --example own_source`. It needs no AWS account.

use std::error::Error;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use stage_config::source::{Answer, Answers, Request};
use stage_config::{SecretString, Source, StageConfig};

#[derive(StageConfig, Debug)]
#[expect(dead_code, reason = "this program only prints it")]
struct Config {
    /// Stripe secret key
    #[ssm(dev = "/stripeSecretKey/test", prod = "/stripeSecretKey/live")]
    stripe_secret_key: SecretString,
    #[ssm("/limit", default = 10)]
    limit: u32,
}

/// The parameter `/a/b` is the file `a/b` in this folder.
struct Folder(PathBuf);

impl Source for Folder {
    async fn fetch(&self, request: &Request) -> Answers {
        let answers: Answers =
            request.names().map(|name| (name, self.answer(name.as_str()))).collect();
        // Errors name the place where a parameter is missing.
        answers.looked_in(self.0.display().to_string())
    }
}

impl Folder {
    fn answer(&self, name: &str) -> Answer {
        let file = self.0.join(name.trim_start_matches('/'));
        match fs::read_to_string(&file) {
            // Errors never quote a secret, whatever the type of the field.
            Ok(text) => Answer::secure(text),
            Err(error) => why_not(&error, file.display().to_string()),
        }
    }
}

fn why_not(error: &io::Error, file: String) -> Answer {
    match error.kind() {
        ErrorKind::NotFound => Answer::Missing,
        ErrorKind::PermissionDenied => Answer::denied("read", file),
        // A retry may help.
        ErrorKind::TimedOut | ErrorKind::Interrupted => {
            Answer::transient(format!("{file}: {error}"))
        }
        _ => Answer::failed(format!("{file}: {error}")),
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("own_source-{}", std::process::id()));
    fs::create_dir_all(folder.join("stripeSecretKey"))?;
    fs::write(folder.join("stripeSecretKey/test"), "sk_test_1")?;

    let dev = Config::loader().stage("dev").source(Folder(folder.clone())).load().await?;
    println!("{dev:#?}\n");

    // There is no live key, and the limit is not a number.
    fs::write(folder.join("limit"), "ten")?;
    if let Err(error) = Config::loader().stage("prod").source(Folder(folder.clone())).load().await {
        println!("{error}");
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}
