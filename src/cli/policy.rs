//! What the arguments make of findings: `--deny warnings`, `--allow CODE`.

use super::args::{Deny, Input};
use super::exit::Trouble;
use crate::diagnostics::{Code, Diagnostic, Severity, closest};
use crate::words;

/// What is left out, and what is taken for worse than it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Policy {
    deny_warnings: bool,
    allowed: Vec<Code>,
}

impl Policy {
    /// The policy that the arguments ask for. To be read before anything else: a slip in it is a slip of usage.
    pub(super) fn of(input: &Input) -> Result<Self, Trouble> {
        let allowed = input.allow.iter().map(|written| allowed(written)).collect::<Result<_, _>>()?;
        Ok(Self { deny_warnings: input.deny == Some(Deny::Warnings), allowed })
    }

    /// Leaves out what is allowed and raises what is denied. An error is neither.
    pub(super) fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|d| d.severity == Severity::Error || !self.allowed.contains(&d.code));
        if self.deny_warnings {
            for diagnostic in diagnostics.iter_mut().filter(|d| d.severity == Severity::Warning) {
                diagnostic.severity = Severity::Error;
            }
        }
    }
}

fn allowed(written: &str) -> Result<Code, Trouble> {
    let code = find_code(written)?;
    if code.severity() == Severity::Error {
        let number = code.number();
        return Err(Trouble::usage(words!(
            "`--allow {number}`: {number} is an error, and only warnings and notes can be allowed",
            "`--allow {number}` : {number} est une erreur, et seuls avertissements et remarques peuvent être autorisés"
        )));
    }
    Ok(code)
}

/// The code with that number or name, in any case.
pub(super) fn find_code(written: &str) -> Result<Code, Trouble> {
    let by_name = || Code::ALL.iter().copied().find(|c| c.slug().eq_ignore_ascii_case(written));
    if let Some(code) = Code::from_number(written).or_else(by_name) {
        return Ok(code);
    }
    let names = Code::ALL.iter().flat_map(|c| [c.number(), c.slug()]);
    Err(Trouble::usage(match closest(written, names) {
        Some(near) => words!(
            "there is no code `{written}`: did you mean `{near}`?",
            "il n'y a pas de code `{written}` : vouliez-vous dire `{near}` ?"
        ),
        None => words!(
            "there is no code `{written}`: `jalon explain` lists them all",
            "il n'y a pas de code `{written}` : `jalon explain` les donne tous"
        ),
    }))
}
