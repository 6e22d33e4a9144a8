//! Every table of the page as a sheet: RFC 4180, plain numbers at full precision, names of columns that never change with the
//! language, texts that no sheet runs as a formula; `docs/csv.md` lists the sheets.

mod tables;

use super::levers::{write_levers_csv, write_tornado_csv};
use super::view::Pen;
use crate::campaign::Spread;
use crate::levers::KeyLevers;
use crate::measure::{Credit, CreditRow, Credited, Figure, Figures, ReachedWhat};
use crate::model::{Program, Unit};
use serde::Serialize;

/// All sheets, by the names of their files. `levers`: what the key figures hang on.
#[must_use]
pub fn write_sheets(program: &Program, figures: &Figures, levers: &[KeyLevers]) -> Vec<(&'static str, String)> {
    let model = &program.base;
    let pen = Pen::new(program, figures, model.locale);
    let [moments, channels] = tables::moments(figures);
    let [personas, stages, points] = tables::personas(model, figures);
    let sheets = [
        ("hot_points.csv", Some(write_csv(program, figures))),
        ("figures.csv", Some(write_figures_csv(program, figures))),
        ("kpis.csv", Some(tables::kpis(program, figures))),
        ("funnel.csv", Some(tables::funnel(model, figures))),
        ("moments.csv", Some(moments)),
        ("moments_channels.csv", Some(channels)),
        ("personas.csv", Some(personas)),
        ("personas_stages.csv", Some(stages)),
        ("personas_touchpoints.csv", Some(points)),
        ("touchpoints.csv", Some(tables::touchpoints(&pen))),
        ("win_back.csv", tables::win_back(&pen)),
        ("flows.csv", Some(tables::flows(model, figures))),
        ("paths.csv", Some(tables::paths(model, figures))),
        ("promises.csv", Some(tables::promises(program, figures))),
        ("evidence.csv", Some(tables::evidence(model))),
        ("method.csv", Some(tables::method(figures))),
        ("campaign.csv", write_campaign_csv(program, figures)),
        ("attribution.csv", write_attribution_csv(program, figures)),
        ("levers.csv", write_levers_csv(program, levers)),
        ("tornado.csv", write_tornado_csv(program, levers)),
    ];
    // A sheet with its heading alone tells nothing.
    let written = sheets.into_iter().filter_map(|(name, sheet)| Some((name, sheet?)));
    written.filter(|(_, sheet)| sheet.lines().nth(1).is_some()).collect()
}

/// The five figures, each with its bounds and how it was obtained.
const FIGURES: [&str; 6] = ["reach", "visits", "pull", "leak", "leverage", "felt"];

/// The hot points of the journey, one line each, by rank.
#[must_use]
pub fn write_csv(program: &Program, figures: &Figures) -> String {
    let model = &program.base;
    let mut header: Vec<String> = ["rank", "name", "label", "channel", "stage"].map(str::to_owned).into();
    for name in FIGURES {
        header.extend([name.to_owned(), format!("{name}_low"), format!("{name}_high"), format!("{name}_method")]);
    }
    header.extend(["leak_value", "effort", "quadrant"].map(str::to_owned));
    let mut out = line(&header);
    let mut points: Vec<_> = figures.hot_points.iter().collect();
    points.sort_by_key(|point| point.rank);
    for point in points {
        let touchpoint = &model.touchpoints[point.touchpoint.index()];
        let stage = touchpoint.stage.map(|id| model.stages[id.index()].name.label.as_str());
        let mut cells = vec![
            point.rank.to_string(),
            text(&touchpoint.name.name),
            text(&touchpoint.name.label),
            text(&model.channels[touchpoint.channel.index()].name.label),
            text(stage.unwrap_or_default()),
        ];
        for figure in [&point.reach, &point.visits, &point.pull, &point.leak, &point.leverage, &point.felt] {
            cells.extend(figure_cells(figure));
        }
        cells.extend([number(point.leak_value), number(point.effort), text(&word(point.quadrant))]);
        out += &line(&cells);
    }
    out
}

/// What each model credits to each channel, touchpoint and stage, in conversions per customer who arrives; `None` without attribution.
#[must_use]
pub fn write_attribution_csv(program: &Program, figures: &Figures) -> Option<String> {
    let found = figures.attribution.as_ref()?.as_ref().ok()?;
    let header = [
        "level",
        "name",
        "label",
        "removal_lost_effect",
        "removal_lost",
        "removal_shared_effect",
        "removal_shared",
        "shapley",
        "shapley_half_width",
        "first_touch",
        "last_touch",
        "linear",
        "position_based",
        "time_decay",
    ];
    let mut out = line(&header.map(str::to_owned));
    let model = &program.base;
    for row in found.channels.iter().chain(&found.touchpoints).chain(&found.stages) {
        let (level, named) = match row.part {
            Credited::Channel(id) => ("channel", Some(&model.channels[id.index()].name)),
            Credited::Touchpoint(id) => ("touchpoint", Some(&model.touchpoints[id.index()].name)),
            Credited::Stage(id) => ("stage", id.map(|id| &model.stages[id.index()].name)),
        };
        let name = named.map_or("", |n| n.name.as_str());
        let label = named.map_or("", |n| n.label.as_str());
        out += &line(&credit_cells(level, name, label, row));
    }
    // A conversion that no touch preceded is nobody's: with it each column of a level adds up.
    let nobody = number(Some(found.untouched));
    for level in ["channel", "touchpoint", "stage"] {
        let mut cells = vec![level.to_owned(), "(none)".to_owned(), String::new()];
        cells.extend(["", &nobody, "", &nobody, &nobody, "", &nobody, &nobody, &nobody, &nobody, &nobody].map(str::to_owned));
        out += &line(&cells);
    }
    Some(out)
}

fn credit_cells(level: &str, name: &str, label: &str, row: &CreditRow) -> Vec<String> {
    let credit = |by| number(row.credit(by));
    vec![
        level.to_owned(),
        text(name),
        text(label),
        number(row.effects[0]),
        credit(Credit::RemovalLost),
        number(row.effects[1]),
        credit(Credit::RemovalShared),
        credit(Credit::Shapley),
        number(row.half_width),
        credit(Credit::FirstTouch),
        credit(Credit::LastTouch),
        credit(Credit::Linear),
        credit(Credit::PositionBased),
        credit(Credit::TimeDecay),
    ]
}

/// Money, experience, time: of all customers, of each persona, of each goal and end, each with its standard deviation where it
/// has one. Goals and ends by persona hold the better engine's numbers.
#[must_use]
pub fn write_figures_csv(program: &Program, figures: &Figures) -> String {
    const HEADER: [&str; 11] = ["of", "name", "label", "persona", "figure", "unit", "value", "low", "high", "method", "sd"];
    let mut sheet = Sheet { out: line(&HEADER.map(str::to_owned)) };
    let model = &program.base;
    let all = ["customers".to_owned(), String::new(), String::new()];
    for standard in &figures.standard {
        sheet.row(&all, "", standard.what.name(), &standard.figure, standard.sd.as_ref());
    }
    for own in &figures.personas {
        let name = &model.personas[own.persona.index()].name;
        let of = ["persona".to_owned(), text(&name.name), text(&name.label)];
        sheet.row(&of, &name.name, "goal", &own.goal, None);
        for (what, (figure, sd)) in ["cost", "revenue", "margin"].iter().zip(own.money.iter().zip(&own.money_sd)) {
            sheet.row(&of, &name.name, what, figure, Some(sd));
        }
        sheet.row(&of, &name.name, "felt", &own.felt, None);
    }
    for reached in figures.goals.iter().chain(&figures.ends) {
        let (kind, name) = match reached.what {
            ReachedWhat::Goal(id) => ("goal", &model.goals[id.index()].name),
            ReachedWhat::End(id) => ("end", &model.ends[id.index()].name),
        };
        let of = [kind.to_owned(), text(&name.name), text(&name.label)];
        sheet.row(&of, "", "rate", &reached.share, None);
        for (what, mean, sd) in [
            ("time", &reached.time_mean, &reached.time_sd),
            ("cost", &reached.cost_mean, &reached.cost_sd),
            ("revenue", &reached.revenue_mean, &reached.revenue_sd),
            ("margin", &reached.margin_mean, &reached.margin_sd),
        ] {
            sheet.row(&of, "", what, mean, Some(sd));
        }
        for (persona, own) in model.personas.iter().zip(&reached.personas) {
            sheet.plain(&of, &persona.name.name, "rate", Unit::Share, (Some(own.share), None));
            for (what, unit, (mean, sd)) in [
                ("time", Unit::Time, own.time),
                ("cost", Unit::Money, own.cost),
                ("revenue", Unit::Money, own.revenue),
                ("margin", Unit::Money, own.margin),
            ] {
                let among = |value: f64| (own.share > 0.0).then_some(value);
                sheet.plain(&of, &persona.name.name, what, unit, (among(mean), among(sd)));
            }
        }
    }
    sheet.out
}

/// A sheet in work: what a line is of stands in its first three cells.
struct Sheet {
    out: String,
}

impl Sheet {
    fn row(&mut self, of: &[String; 3], persona: &str, what: &str, figure: &Figure, sd: Option<&Figure>) {
        let [value, low, high, method] = figure_cells(figure);
        let cells = [value, low, high, method, number(sd.and_then(Figure::value))];
        self.push(of, persona, what, figure.unit, cells);
    }

    fn plain(&mut self, of: &[String; 3], persona: &str, what: &str, unit: Unit, (value, sd): (Option<f64>, Option<f64>)) {
        let cells = [number(value), String::new(), String::new(), String::new(), number(sd)];
        self.push(of, persona, what, unit, cells);
    }

    fn push(&mut self, of: &[String; 3], persona: &str, what: &str, unit: Unit, cells: [String; 5]) {
        let mut all = of.to_vec();
        all.extend([text(persona), what.to_owned(), word(Some(unit))]);
        all.extend(cells);
        self.out += &line(&all);
    }
}

fn figure_cells(figure: &Figure) -> [String; 4] {
    let interval = figure.estimate.map(|e| e.interval);
    let method = match (figure.exact, figure.estimate) {
        (Some(_), _) => "exact",
        (None, Some(_)) => "simulated",
        (None, None) => "",
    };
    [number(figure.value()), number(interval.map(|i| i.low)), number(interval.map(|i| i.high)), method.to_owned()]
}

/// What one campaign may bring, one line per total; `None` where that was not computed.
#[must_use]
pub fn write_campaign_csv(program: &Program, figures: &Figures) -> Option<String> {
    let campaign = figures.campaign.as_ref()?.as_ref().ok()?;
    let model = &program.base;
    let params = campaign.unknowns.iter().map(|u| format!("worth_{}", model.params[u.param.index()].name.name));
    let spread = ["mean", "standard_error", "sd", "low", "median", "high"];
    let named = |prefix: &'static str| spread.map(move |name| format!("{prefix}_{name}"));
    let fixed = ["of", "name", "stated"].map(str::to_owned).into_iter().chain(named("chance")).chain(named("known"));
    let header: Vec<String> = fixed.chain(["not_known".to_owned()]).chain(params).collect();
    let mut out = line(&header);
    for total in &campaign.totals {
        let (of, name) = super::json::total_name(model, total.of);
        let spread = |s: Option<&Spread>| {
            let each = |s: &Spread| [s.mean, s.standard_error, s.sd, s.low, s.median, s.high].map(Some);
            s.map_or([None; 6], each).map(number)
        };
        let mut cells = vec![of.to_owned(), text(name), number(total.stated)];
        cells.extend(spread(Some(&total.chance)));
        cells.extend(spread(total.known.as_ref().map(|k| &k.spread)));
        cells.push(number(total.known.as_ref().map(|k| k.not_known)));
        cells.extend(total.known.iter().flat_map(|k| k.worth.iter().map(|w| number(Some(*w)))));
        out += &line(&cells);
    }
    Some(out)
}

/// A number as programs read it; empty for none.
pub(super) fn number(value: Option<f64>) -> String {
    value.filter(|v| v.is_finite()).map_or_else(String::new, |v| format!("{}", v + 0.0))
}

pub(super) fn word(value: Option<impl Serialize>) -> String {
    let word = value.and_then(|value| serde_json::to_value(value).ok());
    word.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

/// A text of the author. Sheets run a cell that starts with one of these signs as a formula: an apostrophe keeps it a text.
pub(super) fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A cell, in quotation marks where it needs them.
pub(super) fn cell(text: &str) -> String {
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

pub(super) fn line(cells: &[String]) -> String {
    cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n"
}
