//! What both engines tell about the whole journey, whatever is asked.

/// The figures of the whole journey, persona by persona.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// One per persona, in their order.
    pub personas: Vec<PersonaBoard>,
}

/// The figures of one persona: means over its customers.
#[derive(Clone, Debug, Default)]
pub struct PersonaBoard {
    /// By touchpoint.
    pub touchpoints: Vec<HotPoint>,
    /// By flow of the chain: passages per customer.
    pub flows: Vec<f64>,
    /// By stage: share who meet any of its touchpoints.
    pub stages: Vec<f64>,
    /// By moment, in the order of `Moment::ALL`: share who meet any of its touchpoints.
    pub moments: Vec<f64>,
    /// By goal.
    pub goals: Vec<Reached>,
    /// By end.
    pub ends: Vec<Reached>,
}

/// What happens at a touchpoint, per customer of a persona.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HotPoint {
    /// Share who meet it at least once.
    pub reach: f64,
    /// Meetings.
    pub visits: f64,
    /// Share who reach the main goal before they meet it, if ever.
    pub goal_before: f64,
    /// Failing exits.
    pub leak: f64,
    /// Sum of what is felt there.
    pub felt: f64,
    /// How many times something is felt there.
    pub feelings: f64,
    /// How much both vary between customers; `None` from the exact engine.
    pub felt_moments: Option<FeltMoments>,
    /// Sum of efforts.
    pub effort: f64,
    /// How many visits declare an effort.
    pub efforts: f64,
    /// Change of the main goal's rate for one point of probability; `None` from the simulation.
    pub leverage: Option<f64>,
    /// Failing exits × margin to go over the continuing branches in their proportions; `None` from the simulation.
    pub leak_value: Option<f64>,
}

/// Of one customer's sum of feelings F at a touchpoint and their number C: the means of F², C² and FC.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FeltMoments {
    /// Mean of F².
    pub sums: f64,
    /// Mean of C².
    pub counts: f64,
    /// Mean of FC.
    pub products: f64,
}

/// A goal or an end: who gets there, when, and at what cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reached {
    /// Share who get there.
    pub share: f64,
    /// How many times, per customer.
    pub times: f64,
    /// Seconds to the first time, among those who get there: mean and standard deviation.
    pub time: (f64, f64),
    /// Money spent up to and including that instant (the visit's own cost included), among them: mean and standard deviation.
    pub cost: (f64, f64),
    /// Money earned until then, likewise.
    pub revenue: (f64, f64),
    /// Margin until then, likewise.
    pub margin: (f64, f64),
}
