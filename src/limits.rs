//! How much jalon takes: every limit, its unit and its reason, in one place.
//!
//! Comes in: nothing. Goes out: constants, and [`ALL`] of them for the page that lists them (`docs/limits.md`, which a test
//! holds to this file). What must hold: no journey that a person would write comes near one of them; what goes past one is
//! told so in a finding; with all of them kept, reading a journey takes seconds and less than a gigabyte.

/// One limit, for the page.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The constant.
    pub name: &'static str,
    /// How much.
    pub value: u64,
    /// Of what.
    pub unit: &'static str,
    /// Why there is one, and why it is there.
    pub reason: &'static str,
}

macro_rules! limits {
    ($($name:ident: $type:ty = $value:expr, $unit:literal, $reason:literal;)*) => {
        $(
            #[doc = concat!("In ", $unit, ": ", $reason, ".")]
            pub const $name: $type = $value;
        )*

        /// All limits, in the order of the route.
        pub const ALL: &[Limit] = &[
            $(Limit { name: stringify!($name), value: $name as u64, unit: $unit, reason: $reason },)*
        ];
    };
}

limits! {
    LARGEST_TEXT: usize = 4 << 20, "bytes of one file",
        "a hundred thousand lines, more than a hand writes; a text costs up to 120 times its size in memory while it is read";
    ALL_TEXTS: usize = 8 << 20, "bytes read for one journey with all that it includes",
        "the same, for journeys in several files; a file that is included again counts again";
    MOST_INCLUDES: usize = 1_000, "`include` lines followed",
        "each opens a file";
    DEEPEST_BLOCK: usize = 32, "blocks in blocks",
        "the language needs four";
    DEEPEST_NESTING: usize = 256, "parentheses and operations that hang on one another in one figure, guard or measure",
        "what walks an expression calls itself once for each, and its stack is finite";
    LONGEST_NAME: usize = 100, "characters of a name",
        "names stand in every message about them; long texts belong in labels";
    MOST_DIGITS: usize = 40, "digits of a written number",
        "the universe holds fewer grains of sand; exact arithmetic slows down with each";
    MOST_BITS: u64 = 1_000, "bits above or below the line of a computed fraction",
        "a param that squares itself through sixty others would fill the memory; no float is that large";
    LONGEST_MENDED: usize = 4_096, "bytes of a line for which mends are tried",
        "each try reads the line again; a longer one was not written by hand and is told as it stands";
    MOST_FACTS: usize = 8, "facts read from one line",
        "one fact per line: who writes more gets the idea";
    MOST_SLIPS: usize = 8, "slips mended on one line",
        "the same";
    MOST_SUGGESTIONS: u32 = 50, "unknown names for which a near one is looked for",
        "each look takes a walk over all names";
    MOST_FINDINGS: usize = 1_000, "findings kept",
        "the first ones explain the rest; a damaged file of a million lines would give a million";
    MOST_SHOWN: usize = 50, "findings shown to people",
        "more than one sitting mends; other formats give all that are kept";
    LONGEST_EXCERPT: usize = 1_000, "bytes of a line that is shown with an edit on it",
        "a longer one is not shown twice: the edit is told in words";
    MOST_STATES: usize = if cfg!(fuzzing) { 2_000 } else { 1_000_000 }, "states of a chain, and ways to start in it",
        "of all scenarios together; about 500 bytes each; beyond it the finding names the memory that multiplies most";
    MOST_SCENARIOS: usize = 100, "scenarios of a journey",
        "each is a journey of its own, read, enumerated and solved";
    MOST_REREAD: usize = 16 << 20, "bytes read over again, in all scenarios together",
        "the same";
    MAX_STEPS: usize = 100_000, "visits of one simulated customer",
        "who has met so many touchpoints goes in circles; those cut are counted and told";
    MOST_ELIMINATED: u64 = 200_000_000, "products made to eliminate one class of states",
        "a few seconds; a class that takes more is solved between bounds that close in on the solution, and the report says how close";
    MOST_ITERATED: u64 = 4_000_000_000, "products made to close the bounds of one solution",
        "some ten seconds; bounds that are still wide then are told as they are";
    LEVERS_BESIDE: usize = 200_000, "states enumerated again for `run` and `solve` to tell what the key figures hang on",
        "each takes some microseconds; `jalon levers` tells the same of larger journeys, without this limit";
    FRACTIONS: usize = 30, "states of a chain that is also solved in fractions",
        "fractions grow with every state; the floats of larger chains carry a bound of their error instead";
    RATIONAL: usize = 100, "states of a chain that `solve --rational` solves in fractions",
        "the same: a few seconds where all states lead to all others";
    MOST_CUSTOMERS: u64 = 1 << 30, "customers drawn by `--precision`",
        "what is not known by then will not be: the width that was reached is told";
    PATHS_LOOKED_AT: usize = 20_000, "beginnings of paths looked at in search of the typical ones",
        "a long loop has endlessly many";
    MOST_ARROWS: usize = 200, "arrows of a Mermaid drawing",
        "beyond it nobody can read it, and some viewers refuse it";
    TEMPLATE_FUEL: u64 = 20_000_000, "steps of a template",
        "a second or two; our page of a large journey takes a hundredth of them";
    LARGEST_DOCUMENT: usize = 64 << 20, "bytes of a document that a template writes",
        "nobody reads more; a loop that writes for ever is stopped";
    MOST_TEMPLATES: usize = 1_000, "files in a folder of templates",
        "more were not meant to be read: the wrong folder was named";
    MOST_DECIMALS: u32 = 6, "decimals that a question may ask for",
        "nobody computes more by hand, and a float holds fifteen digits";
    MOST_REDRAWN: u32 = 400, "draws of one variant of an exam",
        "where so many do not do, the constraint is too narrow: it is named";
    MOST_VARIANTS: u32 = 10_000, "variants of an exam in one run",
        "each is a folder with its documents";
}
