//! Dense ids: the place of a declaration among those of its kind.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the `index`-th declaration.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer declarations than 2^32"))
            }

            /// The place in a vector over all declarations of the kind.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A persona.
    PersonaId,
    /// A segment.
    SegmentId,
    /// A channel.
    ChannelId,
    /// A stage.
    StageId,
    /// A touchpoint.
    TouchpointId,
    /// A goal.
    GoalId,
    /// An end.
    EndId,
    /// An arrival.
    ArrivalId,
    /// A cell of memory.
    CellId,
    /// A param.
    ParamId,
    /// A source.
    SourceId,
    /// A facet.
    FacetId,
    /// A kpi.
    KpiId,
    /// A scenario.
    ScenarioId,
}
