//! Journeys that put a document to the test: hostile words, hardly any figure.

use super::journey::program;
use super::whole::{each, figures};
use crate::chain::From;
use crate::measure::{Agreement, Figure, Figures, MethodNote, TypicalPaths};
use crate::model::{Program, Target, TouchpointId};
use crate::plan::Declined;

/// A text that every format must make harmless.
pub(in crate::report) const NASTY: &str =
    "=1+1|</td><script>alert('x')</script> \"q\" `c` *b* [l](http://x.y) & \u{1b}[31m\n#end; %%{";

/// The journey with that text wherever an author can write.
pub(in crate::report) fn nasty() -> (Program, Figures) {
    let (mut program, mut figures) = (program(), figures());
    let base = &mut program.base;
    let labels = std::iter::once(&mut base.name)
        .chain(base.personas.iter_mut().map(|p| &mut p.name))
        .chain(base.channels.iter_mut().map(|c| &mut c.name))
        .chain(base.stages.iter_mut().map(|s| &mut s.name))
        .chain(base.touchpoints.iter_mut().map(|t| &mut t.name))
        .chain(base.goals.iter_mut().map(|g| &mut g.name))
        .chain(base.ends.iter_mut().map(|e| &mut e.name))
        .chain(base.params.iter_mut().map(|p| &mut p.name))
        .chain(base.sources.iter_mut().map(|s| &mut s.name))
        .chain(program.kpis.iter_mut().map(|k| &mut k.name))
        .chain(program.scenarios.iter_mut().map(|(s, _)| &mut s.name));
    for named in labels {
        named.label = NASTY.to_owned();
    }
    base.sources[0].url = Some("javascript:alert(1)".to_owned());
    base.personas[0].wants = vec![NASTY.to_owned()];
    base.personas[1].job = Some(NASTY.to_owned());
    figures.expectations[0].text = NASTY.to_owned();
    figures.claims[0].text = NASTY.to_owned();
    figures.agreement.which = vec![NASTY.to_owned()];
    figures.agreement.differing = 1;
    for kpi in &mut figures.kpis {
        kpi.by.iter_mut().for_each(|(label, _)| label.replace_range(.., NASTY));
    }
    for moment in &mut figures.moments {
        moment.channels.iter_mut().for_each(|(label, _)| label.replace_range(.., NASTY));
    }
    (program, figures)
}

/// A journey with one touchpoint and hardly any figure.
pub(in crate::report) fn bare() -> (Program, Figures) {
    let (mut program, mut figures) = (program(), figures());
    program.kpis.clear();
    program.claims.clear();
    program.expectations.clear();
    program.scenarios.clear();
    let base = &mut program.base;
    base.currency = None;
    base.personas.truncate(1);
    base.stages.clear();
    base.goals.clear();
    base.params.clear();
    base.touchpoints.truncate(1);
    base.touchpoints[0].stage = None;
    base.channels[0].media = None;
    base.ends[1].outcome = None;
    figures.main_goal = None;
    figures.time_to_goal.clear();
    figures.method = MethodNote { solved: Err(Declined::NeverEnds), simulated: None };
    figures.kpis.clear();
    figures.hot_points.truncate(1);
    figures.stages.clear();
    figures.moments.clear();
    figures.flows.retain(|f| {
        !matches!(f.flow.to, Target::Touchpoint(t) if t.index() > 0) && f.flow.from == From::Touchpoint(TouchpointId::new(0))
    });
    figures.goals.clear();
    figures.ends.truncate(1);
    figures.standard.clear();
    figures.personas.truncate(1);
    figures.expectations.clear();
    figures.claims.clear();
    figures.paths = TypicalPaths::default();
    figures.attribution = Some(Err(Declined::NeverEnds));
    figures.campaign = Some(Err(Declined::NeverEnds));
    figures.agreement = Agreement::default();
    each(&mut figures, |figure| *figure = Figure { unit: figure.unit, exact: Some(f64::NAN), ..Figure::default() });
    (program, figures)
}
