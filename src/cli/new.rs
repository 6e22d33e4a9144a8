//! `jalon new DIR`: a repository to start from.

use super::args::{From, NewOptions};
use super::exit::{Exit, Trouble, reason};
use super::files::{self, say};
use super::findings::spoken;
use crate::locale::Lang;
use crate::words;
use std::path::Path;
use std::process::Command;

const WORKFLOW: &str = include_str!("../../templates/new/workflow.yml");
const HOOKS: &str = include_str!("../../templates/new/pre-commit.yml");

pub(super) fn new(options: &NewOptions) -> Result<Exit, Trouble> {
    let lang = spoken(options.lang).unwrap_or_default();
    let folder = &options.folder;
    let name = folder.display().to_string();
    let trouble = |e: std::io::Error| Trouble::write(&name, &reason(&e));
    let is_taken = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.any(|entry| entry.is_ok_and(|e| e.file_name() != ".git")),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => false,
        Err(e) => return Err(trouble(e)),
    };
    if is_taken {
        return Err(Trouble::usage(words!(
            "`{name}` is not empty: name a folder that is not there yet",
            "`{name}` n'est pas vide : nommez un dossier qui n'existe pas encore"
        )));
    }
    let (file, journey) = journey(options.from, lang);
    let written = [
        (format!("journeys/{file}.journey"), journey.to_owned()),
        (".github/workflows/journeys.yml".to_owned(), WORKFLOW.to_owned()),
        (".pre-commit-config.yaml".to_owned(), HOOKS.to_owned()),
        (".gitattributes".to_owned(), "*.journey diff=journey\n".to_owned()),
        (".gitignore".to_owned(), "/jalon-out\n".to_owned()),
    ];
    for (path, content) in &written {
        files::write(&folder.join(path), content)?;
    }
    for (path, _) in &written {
        let path = folder.join(path);
        let path = path.display();
        say(words!("wrote {path}", "écrit : {path}").get(lang));
    }
    start(folder, lang);
    let first = folder.join(format!("journeys/{file}.journey"));
    let first = first.display();
    say(words!("now: `jalon run {first}`", "maintenant : `jalon run {first}`").get(lang));
    Ok(Exit::Fine)
}

/// The name and the text of the journey.
fn journey(from: From, lang: Lang) -> (&'static str, &'static str) {
    match (from, lang) {
        (From::SponsoredPost, _) => ("sponsored_post", include_str!("../../specs/campaign/sponsored_post.journey")),
        (From::Omnichannel, _) => ("omnichannel", include_str!("../../specs/retail/omnichannel.journey")),
        (From::Blank, Lang::En) => ("offer", include_str!("../../templates/new/blank.en.journey")),
        (From::Blank, Lang::Fr) => ("offre", include_str!("../../templates/new/blank.fr.journey")),
    }
}

/// Makes it a repository, unless it stands in one; says so if git is not there.
fn start(folder: &Path, lang: Lang) {
    let git = |arguments: &[&str]| Command::new("git").current_dir(folder).args(arguments).output();
    let is_inside = git(&["rev-parse", "--is-inside-work-tree"]).is_ok_and(|o| o.status.success());
    if is_inside {
        return;
    }
    if git(&["init", "--quiet"]).is_ok_and(|o| o.status.success()) {
        let textconv = git(&["config", "diff.journey.textconv", "jalon diff --textconv"]);
        if textconv.is_ok_and(|o| o.status.success()) {
            say(words!("started a git repository", "dépôt git commencé").get(lang));
        }
    } else {
        say(words!(
            "git could not be run: `git init` makes it a repository later",
            "git n'a pas pu être lancé : `git init` en fera un dépôt plus tard"
        )
        .get(lang));
    }
}
