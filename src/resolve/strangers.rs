//! People whom nobody has declared.

use super::names::Symbol;
use super::scope::{IMPLICIT_PERSONA, Scope};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::tree::Name;
use crate::words;

/// A longer list of names is cut.
const MOST_LISTED: usize = 12;

impl Scope<'_> {
    /// Refuses a name that nothing in the journey has, and says who there is. `segments`: a segment would do as well.
    pub(super) fn expect_known(&self, name: &Name, segments: bool) -> Option<()> {
        let names = &self.common.names.all;
        let text = &name.text;
        if names.get(text).is_some() {
            return Some(());
        }
        let would_do = |s| matches!(s, Symbol::Persona(_)) || (segments && matches!(s, Symbol::Segment(_)));
        if self.may_be_declared(text, would_do) {
            return None;
        }
        let personas = names.in_order(|s| matches!(s, Symbol::Persona(_)));
        let groups = if segments { names.in_order(|s| matches!(s, Symbol::Segment(_))) } else { Vec::new() };
        let message = if segments {
            words!("no persona and no segment is called `{text}`", "aucun persona ni segment ne s'appelle `{text}`")
        } else {
            words!("no persona is called `{text}`", "aucun persona ne s'appelle `{text}`")
        };
        let mut said = Diagnostic::new(Code::UnknownPersona, name.span, message);
        if personas.is_empty() {
            said = said.note(words!(
                "this journey declares no persona: all its customers are `{IMPLICIT_PERSONA}`",
                "ce parcours ne déclare aucun persona : tous ses clients sont `{IMPLICIT_PERSONA}`"
            ));
        } else {
            let list = listed(&personas);
            said = said.note(words!("the personas are: {list}", "les personas sont : {list}"));
        }
        if !groups.is_empty() {
            let list = listed(&groups);
            said = said.note(words!("the segments are: {list}", "les segments sont : {list}"));
        }
        let near = self.suggest(text, || personas.iter().chain(&groups).copied().collect());
        self.refuse(match near {
            Some(near) => said.mend(words!("did you mean `{near}`?", "vouliez-vous dire `{near}` ?"), name.span, near, false),
            None => said.help(words!(
                "declare it, for example `persona {text} \"…\"`, or correct the name",
                "déclarez-le, par exemple `persona {text} \"…\"`, ou corrigez le nom"
            )),
        })
    }
}

fn listed(names: &[&str]) -> String {
    let mut list: Vec<String> = names.iter().take(MOST_LISTED).map(|name| format!("`{name}`")).collect();
    if names.len() > MOST_LISTED {
        list.push("…".to_owned());
    }
    list.join(", ")
}
