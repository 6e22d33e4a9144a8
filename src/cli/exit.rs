//! How a run ends, and what can go wrong outside the journey.

use crate::locale::{Lang, Words};
use crate::words;
use std::io::ErrorKind;
use std::process::ExitCode;

/// The exit codes, the same in every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0
    Fine,
    /// 1: the journey has errors, or an expectation fails.
    Failed,
    /// 2: wrong usage, or input that cannot be read.
    Usage,
    /// 3: an expectation is undecided at the asked precision.
    Undecided,
    /// 4: our own fault.
    Internal,
}

impl Exit {
    /// The number.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Undecided => 3,
            Self::Internal => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// What goes wrong outside the journey's text.
#[derive(Debug)]
pub(super) struct Trouble {
    what: What,
    /// The language in which the command has spoken so far, once it is known.
    lang: Option<Lang>,
}

#[derive(Debug)]
enum What {
    /// Arguments that do not go together, files that cannot be read or written.
    Usage(Words),
    /// Our own fault.
    Internal(Words),
}

impl Trouble {
    /// A file that cannot be read.
    pub(super) fn read(path: &str, why: &Words) -> Self {
        let (en, fr) = (&why.en, &why.fr);
        Self::usage(words!("cannot read `{path}`: {en}", "impossible de lire `{path}` : {fr}"))
    }

    /// A file that cannot be written.
    pub(super) fn write(path: &str, why: &Words) -> Self {
        let (en, fr) = (&why.en, &why.fr);
        Self::usage(words!("cannot write `{path}`: {en}", "impossible d'écrire `{path}` : {fr}"))
    }

    /// Standard output that takes no more.
    pub(super) fn output(why: &Words) -> Self {
        let (en, fr) = (&why.en, &why.fr);
        Self::usage(words!("cannot write to standard output: {en}", "impossible d'écrire sur la sortie standard : {fr}"))
    }

    /// Arguments that do not go together.
    pub(super) fn usage(what: Words) -> Self {
        Self { what: What::Usage(what), lang: None }
    }

    /// Our own fault.
    pub(super) fn internal(what: &impl std::fmt::Display) -> Self {
        let said = words!(
            "a fault of jalon itself, please report it: {what}",
            "une faute de jalon lui-même, merci de la signaler : {what}"
        );
        Self { what: What::Internal(said), lang: None }
    }

    /// The same, said in the language of what was said before.
    pub(super) fn told_in(self, lang: Lang) -> Self {
        Self { lang: Some(lang), ..self }
    }

    /// What to say, in the language that was spoken, or else this one.
    pub(super) fn text(&self, lang: Lang) -> &str {
        match &self.what {
            What::Usage(words) | What::Internal(words) => words.get(self.lang.unwrap_or(lang)),
        }
    }

    /// What to say, in both languages.
    pub(super) fn words(&self) -> Words {
        match &self.what {
            What::Usage(words) | What::Internal(words) => words.clone(),
        }
    }

    pub(super) fn exit(&self) -> Exit {
        match self.what {
            What::Usage(_) => Exit::Usage,
            What::Internal(_) => Exit::Internal,
        }
    }
}

/// Why the system refused, in both languages where it is a common reason; else in its own words, without its number.
pub(super) fn reason(error: &std::io::Error) -> Words {
    match error.kind() {
        ErrorKind::NotFound => words!("there is no such file or folder", "ce fichier ou ce dossier n'existe pas"),
        ErrorKind::PermissionDenied => words!("permission denied", "accès refusé"),
        ErrorKind::IsADirectory => words!("it is a folder", "c'est un dossier"),
        ErrorKind::NotADirectory => words!("a part of its path is not a folder", "une partie de son chemin n'est pas un dossier"),
        ErrorKind::AlreadyExists => words!("a file of that name is in the way", "un fichier de ce nom est déjà là"),
        ErrorKind::StorageFull => words!("no space left", "plus de place"),
        ErrorKind::QuotaExceeded => words!("the quota is used up", "le quota est épuisé"),
        ErrorKind::ReadOnlyFilesystem => words!("the file system is read-only", "le système de fichiers est en lecture seule"),
        ErrorKind::InvalidFilename => words!("its name is not valid", "son nom n'est pas valide"),
        ErrorKind::FileTooLarge => words!("it is too large", "il est trop volumineux"),
        _ => {
            let text = error.to_string();
            Words::same(text.split(" (os error").next().unwrap_or_default().to_lowercase())
        }
    }
}
