//! What stands under a stage in words: what customers feel, why they go on or give up, whose it is, what is noted.

use super::super::view::{FeltView, NoteView, StageView};
use super::Source;
use crate::model::{Branch, Facet, Note, Outcome, PerPersona, StageId, Target};

/// Names of the facet that tells whose a touchpoint is.
const OWNER: [&str; 9] = ["owner", "owners", "team", "responsable", "responsables", "équipe", "equipe", "pilote", "propriétaire"];
/// Titles of notes that hold what a customer said.
const VERBATIM: [&str; 8] = ["verbatim", "verbatims", "quote", "quotes", "citation", "citations", "said", "dit"];

impl Source<'_> {
    /// Fills in what the touchpoints of a stage say.
    pub(super) fn say(&self, view: &mut StageView, stage: Option<StageId>, members: &[usize]) {
        let touchpoints = || members.iter().map(|&at| &self.model.touchpoints[at]);
        let branches = || touchpoints().flat_map(|t| &t.branches);
        for touchpoint in touchpoints() {
            let on_leaving = touchpoint.branches.iter().filter_map(|b| b.effects.feel.as_ref());
            for feeling in touchpoint.feels.iter().map(|f| &f.value).chain(on_leaving).flat_map(PerPersona::values) {
                let felt = FeltView { value: feeling.value.mean(), words: feeling.words.clone() };
                if felt.words.is_some() && felt.value.is_finite() && !view.feels.contains(&felt) {
                    view.feels.push(felt);
                }
            }
        }
        let because = |fails: bool| {
            let mut reasons: Vec<String> = Vec::new();
            for reason in branches().filter(|b| self.fails(b) == fails).filter_map(|b| b.because.as_ref()) {
                if !reasons.contains(reason) {
                    reasons.push(reason.clone());
                }
            }
            reasons
        };
        (view.enablers, view.barriers) = (because(false), because(true));
        let of_stage = stage.into_iter().flat_map(|id| &self.model.stages[id.index()].notes);
        view.notes = of_stage.chain(touchpoints().flat_map(|t| &t.notes)).map(|note| self.noted(note)).collect();
        view.owners = self.owners(members);
        view.known = self.known(members);
    }

    fn fails(&self, branch: &Branch) -> bool {
        matches!(branch.to, Target::End(end) if self.model.ends[end.index()].outcome == Some(Outcome::Failure))
    }

    fn noted(&self, note: &Note) -> NoteView {
        let verbatim = VERBATIM.contains(&note.title.trim().to_lowercase().as_str());
        match &note.text {
            Some(text) if verbatim => NoteView { text: text.clone(), quoted: true },
            Some(text) => {
                let colon = self.lang.pick(": ", "\u{a0}: ");
                NoteView { text: format!("{}{colon}{text}", note.title), quoted: false }
            }
            None => NoteView { text: note.title.clone(), quoted: false },
        }
    }

    /// The words of the facet that tells whose a touchpoint is, those of most touchpoints first.
    fn owners(&self, members: &[usize]) -> Vec<String> {
        let says = |text: &str| OWNER.contains(&text.trim().to_lowercase().as_str());
        let is_owner = |facet: &Facet| says(&facet.name.name) || says(&facet.name.label);
        let Some(at) = self.model.facets.iter().position(is_owner) else { return Vec::new() };
        let mut counts: Vec<(usize, usize)> = Vec::new();
        let classes = members.iter().flat_map(|&t| &self.model.touchpoints[t].is);
        for (_, word) in classes.filter(|(facet, _)| facet.index() == at) {
            match counts.iter_mut().find(|(known, _)| known == word) {
                Some((_, count)) => *count += 1,
                None => counts.push((*word, 1)),
            }
        }
        counts.sort_by_key(|&(_, count)| usize::MAX - count);
        let several = counts.len() > 1;
        let say = |(word, count): (usize, usize)| {
            let word = self.model.facets[at].words[word].replace('_', " ");
            if several { format!("{word} ({count})") } else { word }
        };
        counts.into_iter().map(say).collect()
    }
}
