//! `Model` → diagnostics: what can be said about a journey by reading it, before anything is enumerated.
//!
//! Comes in: a program. Goes out: findings. What must hold: one check is one small function that speaks of one thing; none
//! depends on another having passed; it speaks only when it is sure. What only the enumeration of states can tell (figures that
//! do not add up for some persona and memory, what is never reached) is said by `chain/`.

mod channels;
mod evidence;
mod graph;
mod kpis;
mod measures;
mod media;
mod memory;
mod money;
mod people;
mod roles;
mod scales;
mod stages;
mod unused;
mod ways;

use crate::diagnostics::Diagnostic;
use crate::model::Program;

/// Every check, in the order in which a reader would want to hear of it.
pub fn check(program: &Program, diagnostics: &mut Vec<Diagnostic>) {
    let model = &program.base;
    ways::every_touchpoint_has_a_way_on(model, diagnostics);
    ways::arrivals_bring_somebody(model, diagnostics);

    scales::feelings_stay_within_their_scale(model, diagnostics);
    scales::efforts_stay_within_their_scale(model, diagnostics);
    scales::answers_stay_within_their_scale(model, diagnostics);

    money::what_is_spent_is_not_below_zero(model, diagnostics);

    stages::stages_follow_the_moments_of_truth(model, diagnostics);
    channels::every_channel_leads_to_another(model, diagnostics);
    media::what_is_said_fits_the_channel(model, diagnostics);
    roles::every_touchpoint_has_a_role(model, diagnostics);

    people::every_persona_is_moved_by_something(model, diagnostics);
    people::pushed_contacts_are_limited(model, diagnostics);

    unused::every_channel_is_used(program, diagnostics);
    unused::every_persona_comes(program, diagnostics);
    unused::every_param_is_used(program, diagnostics);
    unused::every_source_is_cited(program, diagnostics);
    memory::what_is_kept_is_asked_about(program, diagnostics);
    memory::what_is_asked_about_can_be_so(program, diagnostics);

    measures::figures_about_conversion_have_a_goal(program, diagnostics);
    kpis::a_short_name_stands_for_one_measure(program, diagnostics);
    kpis::few_kpis_are_key(program, diagnostics);

    evidence::what_is_assumed_is_told(model, diagnostics);
    evidence::params_say_where_they_come_from(model, diagnostics);
    evidence::figures_in_lines_say_where_they_come_from(model, diagnostics);
    evidence::bases_are_large_enough(model, diagnostics);
    evidence::intervals_are_narrower_than_their_value(model, diagnostics);
    evidence::rates_say_their_base(model, diagnostics);
    evidence::claims_say_who_prints_them(program, diagnostics);
}
