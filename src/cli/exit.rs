//! How a run ends, and what can go wrong outside the journey.

use std::fmt;
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
pub(super) enum Trouble {
    /// A file that cannot be read.
    Read { path: String, why: String },
    /// A file that cannot be written.
    Write { path: String, why: String },
    /// Arguments that do not go together.
    Usage(String),
    /// Our own fault.
    Internal(String),
}

impl Trouble {
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Read { .. } | Self::Write { .. } | Self::Usage(_) => Exit::Usage,
            Self::Internal(_) => Exit::Internal,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, why } => write!(f, "cannot read `{path}`: {why}"),
            Self::Write { path, why } => write!(f, "cannot write `{path}`: {why}"),
            Self::Usage(what) => f.write_str(what),
            Self::Internal(what) => write!(f, "a fault of jalon itself, please report it: {what}"),
        }
    }
}
