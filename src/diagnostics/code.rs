//! The closed list of codes.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The journey cannot be computed.
    Error,
    /// It can, but hardly as meant.
    Warning,
    /// Worth knowing; never fails a run.
    Note,
}

macro_rules! codes {
    ($($name:ident = $number:literal, $severity:ident, $slug:literal;)*) => {
        /// The kinds of findings. A code, once published, is never used for anything else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $slug] $name,)* }

        impl Code {
            /// All codes, in the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// `J0203`.
            #[must_use]
            pub fn number(self) -> &'static str {
                match self { $(Self::$name => $number,)* }
            }

            /// A few words that name it, as in the file names of its page and fixtures.
            #[must_use]
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The page that explains it: what it means, an example that fires it, how to mend it.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../../docs/diagnostics/", $number, ".md")),)* }
            }

            /// Whether only computing the journey tells it: what reads it alone cannot say that it is not there.
            #[must_use]
            pub fn is_of_figures(self) -> bool {
                matches!(self, Self::ClaimDiffers | Self::PopularNotUseful)
            }

            /// The code with that number, in any case.
            #[must_use]
            pub fn from_number(number: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|c| c.number().eq_ignore_ascii_case(number))
            }
        }
    };
}

codes! {
    // 00xx: reading the text
    InvalidUtf8        = "J0001", Error, "invalid-utf8";
    TooLarge           = "J0002", Error, "too-large";
    UnexpectedText     = "J0003", Error, "unexpected-text";
    UnknownForm        = "J0004", Error, "unknown-form";
    UnclosedBlock      = "J0005", Error, "unclosed-block";
    StrayBrace         = "J0006", Error, "stray-brace";
    UnclosedText       = "J0007", Error, "unclosed-text";
    DecimalComma       = "J0008", Error, "decimal-comma";
    DoubleEquals       = "J0009", Error, "double-equals";
    TooDeep            = "J0010", Error, "too-deep";
    MissingFact        = "J0011", Error, "missing-fact";
    ReservedWord       = "J0012", Error, "reserved-word";
    NotAvailable       = "J0013", Error, "not-available";
    OneFactPerLine     = "J0014", Error, "one-fact-per-line";
    Misplaced          = "J0015", Error, "misplaced-fact";
    LookAlike          = "J0016", Warning, "look-alike-letters";
    Invisible          = "J0017", Warning, "invisible-character";
    NameTooLong        = "J0018", Error, "name-too-long";
    TooManyFindings    = "J0019", Note, "too-many-findings";
    AllowNotNeeded     = "J0020", Warning, "allow-not-needed";
    BadAllow           = "J0021", Error, "bad-allow";
    // 01xx: names
    UnknownName        = "J0101", Error, "unknown-name";
    DuplicateName      = "J0102", Error, "duplicate-name";
    WrongKind          = "J0103", Error, "wrong-kind-of-name";
    UnknownWord        = "J0104", Error, "unknown-word";
    IncludeFailed      = "J0105", Error, "include-failed";
    IncludeOutside     = "J0106", Error, "include-outside";
    ConstantLoop       = "J0107", Error, "param-in-a-circle";
    RepeatedFact       = "J0108", Error, "repeated-fact";
    NoNamesake         = "J0109", Error, "scenario-without-namesake";
    NotInLibrary       = "J0110", Error, "not-in-a-library";
    MissingHeader      = "J0111", Error, "journey-without-a-name";
    UnknownPersona     = "J0112", Error, "unknown-persona";
    // 02xx: figures and probabilities
    BareProbability    = "J0201", Error, "bare-number-for-a-probability";
    UnitMismatch       = "J0202", Error, "unit-mismatch";
    BranchSum          = "J0203", Error, "branches-do-not-add-up";
    ShareSum           = "J0204", Error, "shares-do-not-add-up";
    OutOfRange         = "J0205", Error, "out-of-range";
    TwoOtherwise       = "J0206", Error, "two-otherwise";
    EmptyRange         = "J0207", Error, "empty-range";
    NegativeTime       = "J0208", Error, "negative-time";
    DivisionByZero     = "J0209", Error, "division-by-zero";
    BadDistribution    = "J0210", Error, "bad-distribution";
    PercentAdded       = "J0211", Error, "percent-added-to-a-rate";
    NoCurrency         = "J0212", Error, "money-without-currency";
    ChanceNotAllowed   = "J0213", Error, "chance-not-allowed";
    MissingShare       = "J0214", Error, "branch-without-a-share";
    NumberTooLarge     = "J0215", Error, "number-too-large";
    CountAboveBase     = "J0216", Error, "count-above-its-base";
    FigureNeverApplies = "J0217", Warning, "figure-that-never-applies";
    FactsFall          = "J0219", Error, "quantiles-in-the-wrong-order";
    HeavyTail          = "J0220", Warning, "heavy-tail";
    MarginAbove        = "J0221", Error, "margin-over-100";
    CostBelowZero      = "J0222", Warning, "cost-below-zero";
    // 03xx: structure
    Unreachable        = "J0301", Warning, "unreachable-touchpoint";
    NoWayToEnd         = "J0302", Error, "no-way-to-an-end";
    NoArrival          = "J0303", Error, "no-arrival";
    TwoArrivals        = "J0304", Error, "two-unnamed-arrivals";
    GoalNeverReached   = "J0305", Warning, "goal-never-reached";
    NoBranch           = "J0306", Error, "touchpoint-without-a-way-on";
    TooManyStates      = "J0307", Error, "too-many-states";
    GuardsOverlap      = "J0308", Error, "two-guarded-lines-hold";
    EndNeverReached    = "J0309", Warning, "end-never-reached";
    GuardNeverTrue     = "J0310", Warning, "condition-that-never-holds";
    GuardAlwaysTrue    = "J0311", Warning, "condition-that-always-holds";
    TimeStandsStill    = "J0312", Error, "loop-without-time";
    StageOutOfOrder    = "J0313", Warning, "stage-out-of-order";
    ChannelCutOff      = "J0314", Warning, "channel-cut-off";
    WithoutRole        = "J0315", Note, "touchpoint-without-a-role";
    ChannelNeverUsed   = "J0316", Warning, "channel-never-used";
    PersonaNeverComes  = "J0317", Warning, "persona-who-never-comes";
    ParamNeverUsed     = "J0318", Warning, "param-never-used";
    SourceNeverUsed    = "J0319", Note, "source-never-used";
    MemoryNeverRead    = "J0320", Warning, "memory-never-read";
    MemoryNeverSet     = "J0321", Warning, "memory-never-set";
    BoundNeverReached  = "J0322", Warning, "bound-never-reached";
    // 04xx: measures
    MeasureMisused     = "J0401", Error, "measure-misused";
    DuplicateShortName = "J0402", Warning, "duplicate-short-name";
    UnlikeRatio        = "J0403", Error, "unlike-ratio";
    NobodyMeasured     = "J0404", Warning, "measure-of-nobody";
    // 05xx: claims and expectations
    ClaimDiffers       = "J0501", Warning, "claim-differs";
    PopularNotUseful   = "J0502", Note, "popular-is-not-useful";
    Undecidable        = "J0503", Warning, "promise-that-cannot-be-decided";
    PromiseOfConstants = "J0504", Warning, "promise-about-constants";
    // 06xx: evidence
    Assumed            = "J0601", Note, "assumed";
    Unsourced          = "J0602", Note, "unsourced";
    SmallBase          = "J0603", Note, "small-base";
    WideInterval       = "J0604", Note, "wide-interval";
    RateWithoutBase    = "J0605", Note, "rate-without-a-base";
    ClaimUnsourced     = "J0606", Note, "claim-without-a-source";
    // 07xx: the craft of journeys
    PushWithoutCap     = "J0701", Note, "push-without-a-cap";
    UnmetMotivation    = "J0702", Warning, "unmet-motivation";
    ChannelContent     = "J0703", Warning, "channel-and-content-disagree";
    TooManyKeyKpis     = "J0704", Note, "too-many-key-kpis";
    // 08xx: exams
    CannotVary         = "J0801", Error, "vary-what-is-worked-out";
    MarksNotQuarters   = "J0802", Error, "marks-not-in-quarters";
    MarksNotAsStated   = "J0803", Error, "marks-not-as-stated";
    QuestionUnclear    = "J0804", Error, "question-that-asks-nothing-or-two-things";
    AnswerNotExact     = "J0805", Error, "answer-without-an-exact-value";
    // 09xx: the program itself
    OutputFailed       = "J0901", Error, "output-failed";
    Internal           = "J0902", Error, "internal";
}
