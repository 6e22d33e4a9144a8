//! The order of the stages.

use super::graph::steps;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{Model, Moment, Stage};
use crate::words;

/// Stages are read from the first moment of truth to the last. A story may well go back to an earlier moment (an advert that
/// catches who has left): it is wrong only where customers, too, come to the later line first.
pub(super) fn stages_follow_the_moments_of_truth(model: &Model, diagnostics: &mut Vec<Diagnostic>) {
    let steps = steps(model);
    let first_step = |stage: &Stage| stage.touchpoints.iter().filter_map(|t| steps[t.index()]).min();
    let placed: Vec<(&Stage, Moment)> = model.stages.iter().filter_map(|s| Some((s, s.moment?))).collect();
    for pair in placed.windows(2) {
        let ((before, late), (after, early)) = (pair[0], pair[1]);
        let (Some(last), Some(first)) = (first_step(before), first_step(after)) else { continue };
        if early >= late || first >= last {
            continue;
        }
        let (earlier, later) = (&after.name.name, &before.name.name);
        let (early_word, late_word) = (early.word(), late.word());
        let order: Vec<&str> = Moment::ALL.iter().map(|m| m.word()).collect();
        let order = order.join(", ");
        diagnostics.push(
            Diagnostic::new(
                Code::StageOutOfOrder,
                after.name.origin,
                words!(
                    "the stage `{earlier}` stands after `{later}` and comes before it",
                    "l'étape `{earlier}` est écrite après `{later}` et vient avant"
                ),
            )
            .here(words!("its moment: {early_word}", "son moment : {early_word}"))
            .label(before.name.origin, words!("its moment: {late_word}", "son moment : {late_word}"))
            .note(words!(
                "the moments of truth follow one another ({order}), and so do the customers of this journey",
                "les moments de vérité se suivent ({order}), et les clients de ce parcours aussi"
            ))
            .help(words!(
                "write `{earlier}` before `{later}`, or correct its `moment`",
                "écrivez `{earlier}` avant `{later}`, ou corrigez son `moment`"
            )),
        );
    }
}
