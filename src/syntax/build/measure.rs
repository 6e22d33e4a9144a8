//! Measures and what is promised of them.

use super::figure::{is_negative, is_product, operator};
use super::guard::comparison;
use super::{Built, Deep, all, by_rank, one};
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::tree::{
    Bound, Comparison, Expect, HotPointMeasure, Measure, MeasureKind, Modifier, Name, Operator, PlainMeasure, Statistic,
};

impl Draft<'_> {
    /// The measure inside a piece; the grammar sees to it that there is one.
    pub(super) fn measure_in(&self, piece: &Piece<'_>) -> Built<Measure> {
        let measure = one(piece, Rule::measure).unwrap_or_else(|| piece.clone());
        Ok(self.measure(&measure)?.node)
    }

    fn measure(&self, piece: &Piece<'_>) -> Built<Deep<Measure>> {
        let mut inner = piece.clone().into_inner();
        let Some(first) = inner.next() else { return Err(self.unreadable(piece)) };
        let first = self.measure_operand(&first)?;
        let rest = std::iter::from_fn(|| {
            let sign = inner.next()?;
            let operand = inner.next()?;
            Some(self.measure_operand(&operand).map(|operand| (operator(&sign), operand)))
        });
        by_rank(first, rest, is_product, |left: Deep<Measure>, operator: Operator, right| {
            let span = left.node.span.to(right.node.span);
            let depth = left.above(span)?.max(right.above(span)?);
            let kind = MeasureKind::Binary(operator, Box::new(left.node), Box::new(right.node));
            Ok(Deep { node: Measure { kind, span }, depth })
        })
    }

    fn measure_operand(&self, piece: &Piece<'_>) -> Built<Deep<Measure>> {
        let is_primary = |p: &Piece<'_>| !matches!(p.as_rule(), Rule::sign | Rule::modifier);
        let Some(primary) = piece.clone().into_inner().find(is_primary) else { return Err(self.unreadable(piece)) };
        let mut built = self.measure_primary(&primary)?;
        let modifiers: Vec<_> = all(piece, Rule::modifier).collect();
        if let Some(last) = modifiers.last() {
            let span = self.span(&primary).to(self.span(last));
            let depth = built.above(span)?;
            let modifiers = modifiers.iter().map(|modifier| self.modifier(modifier)).collect::<Built<_>>()?;
            built = Deep { node: Measure { kind: MeasureKind::With(Box::new(built.node), modifiers), span }, depth };
        }
        let span = self.span(piece);
        built.node.span = span;
        if is_negative(piece) {
            let depth = built.above(span)?;
            built = Deep { node: Measure { kind: MeasureKind::Negative(Box::new(built.node)), span }, depth };
        }
        Ok(built)
    }

    fn measure_primary(&self, piece: &Piece<'_>) -> Built<Deep<Measure>> {
        match piece.as_rule() {
            Rule::measure_group | Rule::statistic | Rule::share => self.measure_of_measures(piece),
            _ => Ok(Deep::leaf(Measure { kind: self.single_measure(piece)?, span: self.span(piece) })),
        }
    }

    fn measure_of_measures(&self, piece: &Piece<'_>) -> Built<Deep<Measure>> {
        let span = self.span(piece);
        let mut inner = all(piece, Rule::measure);
        let Some(first) = inner.next() else { return Err(self.unreadable(piece)) };
        let mut built = self.measure(&first)?;
        built.depth = built.above(span)?;
        match inner.next() {
            Some(second) => {
                let right = self.measure(&second)?;
                built.depth = built.depth.max(right.above(span)?);
                let sign = one(piece, Rule::comparison).map_or(Comparison::Equal, |sign| comparison(&sign));
                built.node = Measure { kind: MeasureKind::Share(Box::new(built.node), sign, Box::new(right.node)), span };
            }
            None => {
                if let Some(word) = one(piece, Rule::statistic_word) {
                    let statistic = statistic(word.as_str());
                    built.node = Measure { kind: MeasureKind::Statistic(statistic, Box::new(built.node)), span };
                }
            }
        }
        built.node.span = span;
        Ok(built)
    }

    /// What holds no measure. Apart from what does, so that nesting costs little of the stack.
    #[inline(never)]
    fn single_measure(&self, piece: &Piece<'_>) -> Built<MeasureKind> {
        Ok(match piece.as_rule() {
            Rule::rate => self.rate(piece)?,
            Rule::next | Rule::time_between => {
                let mut places = self.places_in(piece).into_iter();
                let (Some(from), Some(to)) = (places.next(), places.next()) else { return Err(self.unreadable(piece)) };
                if piece.as_rule() == Rule::next { MeasureKind::Next(from, to) } else { MeasureKind::TimeBetween(from, to) }
            }
            Rule::touches => MeasureKind::Touches { of: self.place_in(piece), before: self.place_before(piece) },
            Rule::count => MeasureKind::Count(self.name_in(piece)),
            Rule::present => MeasureKind::Present(self.place_in(piece), self.sum_in(piece)?),
            Rule::time_to => MeasureKind::TimeTo(self.place_in(piece)),
            Rule::hot_point => {
                let word = one(piece, Rule::hot_word).map_or("", |word| word.as_str());
                MeasureKind::HotPoint(hot_point(word), self.place_in(piece))
            }
            Rule::plain => MeasureKind::Plain(plain(piece.as_str())),
            Rule::number => MeasureKind::Number(self.number(piece)?),
            Rule::count_of => MeasureKind::CountOf(self.leaf(piece)?),
            _ => MeasureKind::Name(self.name(piece)),
        })
    }

    fn rate(&self, piece: &Piece<'_>) -> Built<MeasureKind> {
        self.once(piece, Rule::before)?;
        self.once(piece, Rule::within)?;
        let mut places = self.places_in(piece);
        let to = places.pop().ok_or_else(|| self.unreadable(piece))?;
        Ok(MeasureKind::Rate {
            from: places.pop(),
            to,
            before: self.place_before(piece),
            within: one(piece, Rule::within).map(|within| self.sum_in(&within)).transpose()?,
        })
    }

    /// The first place inside a piece; the grammar sees to it that there is one.
    fn place_in(&self, piece: &Piece<'_>) -> Name {
        self.name(&one(piece, Rule::place).unwrap_or_else(|| piece.clone()))
    }

    fn places_in(&self, piece: &Piece<'_>) -> Vec<Name> {
        all(piece, Rule::place).map(|place| self.name(&place)).collect()
    }

    /// `before c`
    fn place_before(&self, piece: &Piece<'_>) -> Option<Name> {
        one(piece, Rule::before).map(|before| self.place_in(&before))
    }

    fn modifier(&self, piece: &Piece<'_>) -> Built<Modifier> {
        let Some(inner) = piece.clone().into_inner().next() else { return Err(self.unreadable(piece)) };
        Ok(match inner.as_rule() {
            Rule::for_who => Modifier::For(self.name_in(&inner)),
            Rule::in_scenario => Modifier::In(self.name_in(&inner)),
            Rule::at_place => Modifier::At(self.place_in(&inner)),
            Rule::per_goal => Modifier::Per(self.place_in(&inner)),
            Rule::within_time => {
                let limit = one(&inner, Rule::limit).ok_or_else(|| self.unreadable(&inner))?;
                Modifier::Within(self.signed(&limit)?)
            }
            _ => Modifier::WithReferrals(self.span(&inner)),
        })
    }

    /// `expect …`
    pub(super) fn expect(&self, piece: &Piece<'_>) -> Built<Expect> {
        let bound = match (one(piece, Rule::compare_with), one(piece, Rule::between_both)) {
            (Some(compared), _) => {
                let sign = one(&compared, Rule::comparison).map_or(Comparison::Equal, |sign| comparison(&sign));
                Bound::Compare(sign, self.measure_in(&compared)?)
            }
            (None, Some(between)) => {
                let mut ends = all(&between, Rule::measure);
                let (Some(from), Some(to)) = (ends.next(), ends.next()) else { return Err(self.unreadable(piece)) };
                Bound::Between(self.measure(&from)?.node, self.measure(&to)?.node)
            }
            (None, None) => return Err(self.unreadable(piece)),
        };
        let confidence =
            one(piece, Rule::confidence).map(|c| -> Built<_> { Ok((self.sum_in(&c)?, self.span(&c))) }).transpose()?;
        Ok(Expect { measure: self.measure_in(piece)?, bound, confidence })
    }
}

fn statistic(word: &str) -> Statistic {
    match word {
        "mean" => Statistic::Mean,
        "sd" => Statistic::Sd,
        _ => Statistic::Percentile(word.strip_prefix('p').and_then(|digits| digits.parse().ok()).unwrap_or(50)),
    }
}

fn hot_point(word: &str) -> HotPointMeasure {
    match word {
        "pull" => HotPointMeasure::Pull,
        "leak" => HotPointMeasure::Leak,
        _ => HotPointMeasure::Leverage,
    }
}

fn plain(word: &str) -> PlainMeasure {
    match word {
        "cost" => PlainMeasure::Cost,
        "revenue" => PlainMeasure::Revenue,
        "margin" => PlainMeasure::Margin,
        "clv" => PlainMeasure::Clv,
        "nps" => PlainMeasure::Nps,
        "csat" => PlainMeasure::Csat,
        "ces" => PlainMeasure::Ces,
        "felt" => PlainMeasure::Felt,
        _ => PlainMeasure::Growth,
    }
}
