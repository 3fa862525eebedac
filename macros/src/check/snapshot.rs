//! Checks names against the snapshots of the account: which parameters exist at each stage.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use stage_config_names::{NameKind, ParameterName, STAGE, is_template, near_names, render};
use syn::LitStr;

use super::stages::KnownStages;
use crate::diagnostics::print::{compact, list};
use crate::diagnostics::{Errors, Help, Mistake, other_stage};
use crate::model::{Allowed, Doubt, Form, Origin, PerStage, SnapshotFile};
use crate::parse::keywords::Kind;
use crate::parse::snapshot::{ParameterType, Snapshot};
use crate::parse::stages::Stage;

/// Reads the files of the declared stages that have one. `manifest` is the folder of `Cargo.toml`.
pub(super) fn read(
    folder: Option<&LitStr>,
    manifest: Option<&Path>,
    stages: &KnownStages,
    accounts: &[(String, String)],
    errors: &Errors,
) -> Vec<SnapshotFile> {
    let mut files = Vec::new();
    let Some(folder) = folder.filter(|folder| check_folder(folder, errors)) else { return files };
    let Some(manifest) = manifest else {
        let what = "the environment variable `CARGO_MANIFEST_DIR` is not set";
        errors.add(folder, what, Help::note("build with cargo, or set it as cargo does"));
        return files;
    };
    if stages.all.is_empty() {
        if stages.are_complete {
            let what = "a snapshot is of one stage, and the struct declares none";
            errors.add(folder, what, Help::note("declare them: `stages(dev, prod)`"));
        }
        return files;
    }
    let (mut is_any_there, mut absent) = (false, Vec::new());
    for stage in stages.all.iter().map(Stage::name) {
        let path = format!("{}/{stage}.json", folder.value().trim_end_matches('/'));
        let text = match fs::read_to_string(manifest.join(&path)) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                absent.push((stage, path));
                continue;
            }
            Err(error) => Err(error.to_string()),
        };
        is_any_there = true;
        match text.and_then(|text| Snapshot::parse(&text)) {
            Ok(content) => {
                let file = SnapshotFile { stage, path, content };
                let is_sound = check_file(folder, &file, accounts, errors);
                files.extend(is_sound.then_some(file));
            }
            Err(why) => {
                let what = format!("cannot read `{path}`: {why}");
                errors.add(folder, what, Help::note(format!("{} writes it", command(&stage))));
            }
        }
    }
    for (stage, path) in absent {
        let beside = files.iter().find(|file| file.content.beside.contains(&stage));
        if let Some(SnapshotFile { stage: other, path: written, .. }) = beside {
            let what = format!("`{path}` was deleted: `{written}` was written beside it");
            let help = format!("restore it, or write it again: {}", command(&stage));
            let without = format!("if its stage is not to be checked: {}", command(other));
            errors.add(folder, what, Help::note(help).and([without]));
        }
    }
    if !is_any_there && stages.are_complete {
        let folder_name = folder.value();
        let what = format!("`{folder_name}` has no file for a stage of this struct");
        let stage = stages.all.last().map(Stage::name).unwrap_or_default();
        let help = format!("{} writes `{folder_name}/{stage}.json`", command(&stage));
        errors.add(folder, what, Help::note(help));
    }
    files
}

/// Refuses a path that is not the same on another machine.
fn check_folder(folder: &LitStr, errors: &Errors) -> bool {
    let text = folder.value();
    let is_relative = !text.contains([':', '\\'])
        && Path::new(&text).components().all(|it| !matches!(it, Component::RootDir));
    if !text.is_empty() && text.trim() == text && is_relative {
        return true;
    }
    let trimmed = text.trim().trim_start_matches('/');
    let fix = if trimmed.is_empty() || trimmed.contains([':', '\\']) { "…" } else { trimmed };
    let what = format!("`{}` is not a folder relative to that of Cargo.toml", compact(folder));
    errors.add(folder, what, Help::replace(folder, format!("{fix:?}")));
    false
}

/// Refuses a file that belongs elsewhere.
fn check_file(
    folder: &LitStr,
    file: &SnapshotFile,
    accounts: &[(String, String)],
    errors: &Errors,
) -> bool {
    let SnapshotFile { stage, path, content } = file;
    let mut of_stage = accounts.iter().filter(|(_, of)| of == stage).peekable();
    let what = if content.stage != *stage {
        format!("`{path}` is a snapshot of another stage than `{stage}`")
    } else if of_stage.peek().is_some() && of_stage.all(|(it, _)| *it != content.account) {
        format!("`{path}` is a snapshot of another account than those of stage `{stage}`")
    } else {
        return true;
    };
    errors.add(folder, what, Help::note(format!("{} replaces it", command(stage))));
    false
}

fn command(stage: &str) -> String {
    format!("`stage-config snapshot --stage {stage}`")
}

/// Checks the names of a field. What depends on its type is a doubt.
pub(super) fn doubts(
    kind: Kind,
    names: Option<&PerStage<&LitStr>>,
    origin: &Origin,
    files: &[SnapshotFile],
    errors: &Errors,
) -> Vec<Doubt> {
    let Some(names) = names.filter(|_| !files.is_empty()) else { return Vec::new() };
    let literals: Vec<(&LitStr, Vec<&SnapshotFile>)> = match names {
        PerStage::Same(name) => vec![(name, files.iter().collect())],
        PerStage::Each(names) => {
            let of = |stage: &str| files.iter().filter(|file| file.stage == stage).collect();
            names.iter().map(|(stage, name)| (*name, of(stage))).collect()
        }
    };
    let literals = literals.into_iter().map(|(literal, files)| Existing { literal, files });
    let literals = literals.filter(Existing::is_in_snapshots);
    let doubts = literals.filter_map(|literal| match (kind, origin) {
        (Kind::Ssm, Origin::Text { reading, default }) => {
            let absent = literal.absent().filter(|_| default.is_none());
            let is_read_by_type =
                matches!(reading.form, Form::Plain) && reading.key.is_none() && !reading.base64;
            let list = || literal.list().filter(|_| is_read_by_type);
            let absent = absent.map(|mistake| Doubt { mistake, allowed: Allowed::IfOptional });
            absent.or_else(|| Some(Doubt { mistake: list()?, allowed: Allowed::UnlessScalar }))
        }
        (Kind::SsmPath, Origin::Path { required: true }) => {
            let Mistake { at, what, help } = literal.empty()?;
            errors.add(at, what, help);
            None
        }
        _ => None,
    });
    doubts.collect()
}

/// A name, and the files of the stages that it is for.
struct Existing<'a> {
    literal: &'a LitStr,
    files: Vec<&'a SnapshotFile>,
}

impl Existing<'_> {
    /// A snapshot has the parameters of one account. It does not have public parameters, secrets, and
    /// what other accounts share.
    fn is_in_snapshots(&self) -> bool {
        let name = self.literal.value();
        let is_arn = ParameterName::parse(&render(&name, "x")).is_ok_and(|it| it.arn().is_some());
        !is_arn && !name.starts_with("/aws/")
    }

    /// The name at the stage of a file, without its selector.
    fn at(&self, file: &SnapshotFile) -> String {
        let name = render(&self.literal.value(), &file.stage).into_owned();
        name.split(':').next().unwrap_or_default().to_owned()
    }

    fn absent(&self) -> Option<Mistake> {
        let is_there = |file: &SnapshotFile, name: &str| file.content.get(name).is_some();
        let what = |name: &str| format!("parameter `{name}` does not exist");
        self.mistake(NameKind::Parameter, is_there, what)
    }

    fn empty(&self) -> Option<Mistake> {
        let is_there = |file: &SnapshotFile, path: &str| file.content.has_below(path);
        let what = |path: &str| format!("path `{path}` has no parameter below it");
        self.mistake(NameKind::Path, is_there, what)
    }

    /// The mistake of a name that is not there at one stage or several.
    fn mistake(
        &self,
        of: NameKind,
        is_there: impl Fn(&SnapshotFile, &str) -> bool,
        what: impl Fn(&str) -> String,
    ) -> Option<Mistake> {
        let lacking = self.files.iter().filter(|file| !is_there(file, &self.at(file)));
        let lacking: Vec<_> = lacking.collect();
        let [first, others @ ..] = &*lacking else { return None };
        let stage = &first.stage;
        let (what, source) = if others.is_empty() {
            (format!("{} at stage `{stage}`", what(&self.at(first))), first.path.clone())
        } else {
            let stages = list(lacking.iter().map(|file| &file.stage));
            let name = self.literal.value();
            let name = name.split(':').next().unwrap_or_default();
            let folder = first.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            (format!("{} at the stages {stages}", what(name)), folder.to_owned())
        };
        let new = format!("if it is new: {}", self.command(of, first));
        let nearest = self.nearest(of, first, &is_there);
        let help = match &*nearest {
            [] => Help::note(new),
            [only] => Help::replace(self.literal, format!("{only:?}")).and([new]),
            several => Help::note(format!("names like it are {}", list(several))).and([new]),
        };
        let what = format!("{what}, according to `{source}`");
        Some(Mistake::new(self.literal, what, help))
    }

    /// What adds the name to the snapshot, which has only the folders that the program read when it
    /// last compiled.
    fn command(&self, of: NameKind, file: &SnapshotFile) -> String {
        let (name, stage) = (self.at(file), &file.stage);
        let folder = match name.rsplit_once('/') {
            _ if of == NameKind::Path => &name,
            Some((folder, _)) => folder,
            None => "",
        };
        if folder.is_empty() || file.content.has_below(folder) {
            return command(stage);
        }
        format!("`stage-config snapshot --stage {stage} --path {folder}`")
    }

    /// The literals, at most three, that may have been meant: names that exist at each stage.
    fn nearest(
        &self,
        of: NameKind,
        file: &SnapshotFile,
        is_there: impl Fn(&SnapshotFile, &str) -> bool,
    ) -> Vec<String> {
        let (written, content) = (self.literal.value(), &file.content);
        let selector = written.split_once(':').map_or("", |(_, selector)| selector);
        let existing: Vec<&str> = if of == NameKind::Path {
            content.paths().map(|path| path.trim_end_matches('/')).collect()
        } else {
            content.names().collect()
        };
        let mut nearest = Vec::new();
        for near in near_names(&self.at(file), existing) {
            let mut name = near.to_owned();
            if is_template(&written) {
                let separates = |c: char| !c.is_ascii_alphanumeric();
                match other_stage::swap(near, &file.stage, STAGE, separates) {
                    Some(template) => name = template,
                    None => continue,
                }
            }
            let is_at_each =
                self.files.iter().all(|file| is_there(file, &render(&name, &file.stage)));
            if !selector.is_empty() {
                name = format!("{name}:{selector}");
            }
            if is_at_each && of.check(&name).is_ok() && !nearest.contains(&name) {
                nearest.push(name);
            }
        }
        nearest.truncate(3);
        nearest
    }

    /// The mistake of a list that is read as a number.
    fn list(&self) -> Option<Mistake> {
        let is_list = |file: &&&SnapshotFile| {
            file.content.get(&self.at(file)) == Some(ParameterType::StringList)
        };
        let file = self.files.iter().find(is_list)?;
        let what = format!(
            "parameter `{}` is a StringList, and not one value, at stage `{}`, according to `{}`",
            self.at(file),
            file.stage,
            file.path
        );
        let help = Help::note("store it as a String, or make the field a `Vec`");
        Some(Mistake::new(self.literal, what, help))
    }
}
