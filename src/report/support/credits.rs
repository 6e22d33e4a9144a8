//! To whom conversions are credited.

use crate::measure::{AttributionFigures, Credit, CreditRow, Credited, Disagreement, Settings};
use crate::model::{ChannelId, StageId, TouchpointId};

/// Its attribution: hardly any figure has to be right, but all kinds of rows and disagreements are there.
pub(super) fn attribution() -> AttributionFigures {
    let row = |part, share: f64| CreditRow {
        part,
        effects: [Some(share), Some(-0.03)],
        credits: [Some(0.003_75 * share), None, None, Some(0.003), Some(0.000_75), Some(0.002), Some(0.001), Some(0.001_5)],
        half_width: None,
    };
    let mut channels = [row(Credited::Channel(ChannelId::new(0)), 0.4), row(Credited::Channel(ChannelId::new(1)), 0.6)];
    // The second does no harm: money may go there.
    channels[1].effects[1] = Some(0.4);
    for channel in &mut channels {
        channel.credits[Credit::Shapley as usize] = Some(0.001_5);
        channel.half_width = Some(0.000_1);
    }
    let [first, second] = [0, 1].map(ChannelId::new);
    AttributionFigures {
        settings: Settings::default(),
        conversions: 0.003_75,
        untouched: 0.000_75,
        channels: channels.into(),
        touchpoints: (0..5).map(|t| row(Credited::Touchpoint(TouchpointId::new(t)), 0.2)).collect(),
        stages: vec![row(Credited::Stage(Some(StageId::new(0))), 0.7), row(Credited::Stage(None), 0.3)],
        coalitions: 0,
        orders: 1024,
        width: 1e-13,
        disagreements: vec![
            Disagreement::Budget {
                by: Credit::LastTouch,
                over: Some((first, [0.003, 0.001_5])),
                under: Some((second, [0.000_5, 0.001_5])),
            },
            Disagreement::First(vec![(first, vec![Credit::Shapley, Credit::Linear]), (second, vec![Credit::LastTouch])]),
        ],
    }
}
