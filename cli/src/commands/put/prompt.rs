//! Values from the terminal.
//!
//! `inquire` does not overwrite what is typed: copies stay in memory until something else takes their
//! place, as those in the buffers of the request do. `dialoguer` overwrites its own, but not the buffer
//! below it, and leaves a terminal that shows nothing after Ctrl-C.

use std::io;

use anstream::{AutoStream, ColorChoice};
use inquire::ui::RenderConfig;
use inquire::validator::Validation;
use inquire::{InquireError, Password, PasswordDisplayMode, Text};
use secrecy::SecretString;

use super::target::{Target, check};
use crate::description::Field;
use crate::error::{Error, Result};

/// Asks until the value is one that the field can read. `None` if the user skips it.
pub(super) fn ask(target: &Target<'_>) -> Result<Option<SecretString>> {
    let path = target.fields();
    let message = match target.description() {
        Some(doc) => format!("{doc} ({path}):"),
        None => format!("{path}:"),
    };
    let (name, r#type) = (&target.name, target.r#type.as_str());
    let hidden = if target.is_secure() { "; what you type is not shown" } else { "" };
    let help = format!("a {type} at {name}{hidden}; Esc skips it");
    // A prompt keeps its validators for as long as it likes.
    let fields: Vec<Field> = target.parameter.fields.iter().copied().cloned().collect();
    let validate = move |text: &str| {
        Ok(match check(&fields, text) {
            Ok(()) => Validation::Valid,
            Err(why) => Validation::Invalid(format!("the value {why}").into()),
        })
    };
    // `--color` decides; the prompts know only `NO_COLOR`.
    let colors = match AutoStream::choice(&io::stderr()) {
        ColorChoice::Never => RenderConfig::empty(),
        _ => RenderConfig::default_colored(),
    };
    let answer = if target.is_secure() {
        Password::new(&message)
            .with_render_config(colors)
            .with_help_message(&help)
            .with_display_mode(PasswordDisplayMode::Hidden)
            .without_confirmation()
            .with_validator(validate)
            .prompt_skippable()
    } else {
        Text::new(&message)
            .with_render_config(colors)
            .with_help_message(&help)
            .with_validator(validate)
            .prompt_skippable()
    };
    match answer {
        Ok(answer) => Ok(answer.map(Into::into)),
        Err(InquireError::OperationInterrupted) => Err(Error::interrupted("interrupted")),
        Err(error) => Err(Error::new(format!("cannot ask for a value: {error}"))),
    }
}
