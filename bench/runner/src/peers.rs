//! The programs in other languages. What they need is installed into the target directory, again if
//! the files that name the versions have changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::place::{Place, output, run};

pub(crate) struct Peers {
    pub(crate) python: PathBuf,
    pub(crate) node: PathBuf,
    scripts: PathBuf,
    bundles: PathBuf,
}

impl Peers {
    pub(crate) fn install(place: &Place) -> Result<Self> {
        let sources = place.bench.join("cold-start");
        let python = place.folder("python")?;
        unless_installed(&sources.join("python/requirements.txt"), &python, |requirements| {
            run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&python))?;
            let pip = python.join("bin/pip");
            run(Command::new(pip).args(["install", "--quiet", "-r"]).arg(requirements))
        })?;
        let node = place.folder("node")?;
        unless_installed(&sources.join("node/package-lock.json"), &node, |lock| {
            fs::copy(lock, node.join("package-lock.json"))?;
            fs::copy(lock.with_file_name("package.json"), node.join("package.json"))?;
            run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&node))
        })?;
        let peers = Self {
            python: python.join("bin/python"),
            node: output(Command::new("node").args(["-p", "process.execPath"]))?.trim().into(),
            scripts: sources.join("python"),
            bundles: node.join("bundles"),
        };
        for name in ["powertools", "middy"] {
            let source = sources.join("node").join(name).with_extension("js");
            // `node_modules` is looked for beside the source.
            let copy = node.join(name).with_extension("js");
            fs::copy(source, &copy)?;
            run(Command::new(node.join("node_modules/.bin/esbuild"))
                .arg(copy)
                .args(["--bundle", "--minify", "--platform=node", "--target=node20"])
                .args(["--format=esm", "--log-level=warning"])
                // Some packages are CommonJS.
                .arg("--banner:js=import{createRequire}from'module';const require=createRequire(import.meta.url);")
                .arg(format!("--outfile={}", peers.bundle(name).display())))?;
        }
        Ok(peers)
    }

    pub(crate) fn bundle(&self, name: &str) -> PathBuf {
        self.bundles.join(name).with_extension("mjs")
    }

    pub(crate) fn script(&self, name: &str) -> PathBuf {
        self.scripts.join(name).with_extension("py")
    }
}

/// Keeps a copy of the file that names the versions, once they are installed.
fn unless_installed(
    versions: &Path,
    folder: &Path,
    install: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    let installed = folder.join("installed");
    if fs::read(versions)? == fs::read(&installed).unwrap_or_default() {
        return Ok(());
    }
    install(versions)?;
    fs::copy(versions, installed)?;
    Ok(())
}
