//! What can happen to one campaign, for other programs.

use crate::campaign::{Campaign, Known, Spread, Total, TotalOf, Unknown};
use crate::locale::Unit;
use crate::model::law::nearest;
use crate::model::{Model, MoneyKind, ParamId};
use crate::plan::Declined;
use serde::Serialize;

/// The campaign, or why there is none.
#[derive(Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct JsonCampaign<'a> {
    declined: Option<Declined>,
    customers: Option<u64>,
    replications: Option<u64>,
    seed: Option<u64>,
    totals: Vec<JsonTotal<'a>>,
    loss: Option<f64>,
    loss_known: Option<f64>,
    unknowns: Vec<JsonUnknown<'a>>,
    held: Vec<&'a str>,
    redrawn: Option<u64>,
    read_again: Option<bool>,
    unfinished: Option<u64>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonTotal<'a> {
    #[cfg_attr(test, schemars(extend("enum" = ["goal", "end", "money"])))]
    of: &'static str,
    name: &'a str,
    unit: Unit,
    stated: Option<f64>,
    chance: JsonSpread,
    known: Option<JsonSpread>,
    not_known: Option<f64>,
    worth: Vec<JsonWorth<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonSpread {
    mean: f64,
    standard_error: f64,
    sd: f64,
    low: f64,
    median: f64,
    high: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonWorth<'a> {
    param: &'a str,
    share: f64,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct JsonUnknown<'a> {
    param: &'a str,
    #[cfg_attr(test, schemars(extend("enum" = ["count", "range", "law"])))]
    known: &'static str,
    count: Option<[f64; 2]>,
    range: Option<[f64; 2]>,
    stated: f64,
    mean: f64,
    drawn: f64,
}

impl<'a> JsonCampaign<'a> {
    pub(super) fn new(model: &'a Model, figures: &'a Result<Campaign, Declined>) -> Self {
        let campaign = match figures {
            Ok(campaign) => campaign,
            Err(why) => return Self { declined: Some(*why), ..Self::default() },
        };
        let name = |p: ParamId| model.params[p.index()].name.name.as_str();
        Self {
            declined: None,
            customers: Some(campaign.customers),
            replications: Some(campaign.replications),
            seed: Some(campaign.seed),
            totals: campaign.totals.iter().map(|t| JsonTotal::new(model, campaign, t)).collect(),
            loss: campaign.loss.map(|(chance, _)| chance),
            loss_known: campaign.loss.and_then(|(_, known)| known),
            unknowns: campaign.unknowns.iter().map(|u| JsonUnknown::new(name(u.param), u)).collect(),
            held: campaign.held.iter().map(|p| name(*p)).collect(),
            redrawn: Some(campaign.redrawn),
            read_again: Some(campaign.read_again),
            unfinished: Some(campaign.unfinished),
        }
    }
}

/// What a total is of: its kind and its name.
pub(in crate::report) fn total_name(model: &Model, of: TotalOf) -> (&'static str, &str) {
    match of {
        TotalOf::Goal(id) => ("goal", &model.goals[id.index()].name.name),
        TotalOf::End(id) => ("end", &model.ends[id.index()].name.name),
        TotalOf::Money(MoneyKind::Cost) => ("money", "cost"),
        TotalOf::Money(MoneyKind::Revenue) => ("money", "revenue"),
        TotalOf::Money(MoneyKind::Margin | MoneyKind::Clv) => ("money", "margin"),
    }
}

impl<'a> JsonTotal<'a> {
    fn new(model: &'a Model, campaign: &'a Campaign, total: &'a Total) -> Self {
        let (of, name) = total_name(model, total.of);
        let param = |u: &Unknown| model.params[u.param.index()].name.name.as_str();
        let worth = total.known.iter().flat_map(|known| {
            let each = campaign.unknowns.iter().zip(&known.worth);
            each.map(|(u, share)| JsonWorth { param: param(u), share: *share })
        });
        Self {
            of,
            name,
            unit: total.of.unit(),
            stated: total.stated,
            chance: JsonSpread::new(&total.chance),
            known: total.known.as_ref().map(|k| JsonSpread::new(&k.spread)),
            not_known: total.known.as_ref().map(|k| k.not_known),
            worth: worth.collect(),
        }
    }
}

impl JsonSpread {
    fn new(spread: &Spread) -> Self {
        let Spread { mean, standard_error, sd, low, median, high } = *spread;
        Self { mean, standard_error, sd, low, median, high }
    }
}

impl<'a> JsonUnknown<'a> {
    fn new(param: &'a str, unknown: &Unknown) -> Self {
        let pair = |(a, b)| [nearest(a), nearest(b)];
        let (known, count, range) = match &unknown.known {
            Known::Count(k, n) => ("count", Some(pair((k, n))), None),
            Known::Range(low, high) => ("range", None, Some(pair((low, high)))),
            Known::Law => ("law", None, None),
        };
        Self { param, known, count, range, stated: nearest(&unknown.stated), mean: nearest(&unknown.mean), drawn: unknown.drawn }
    }
}
