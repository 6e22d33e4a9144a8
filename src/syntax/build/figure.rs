//! Numbers, expressions, values and figures.

use super::{Built, Deep, all, by_rank, one};
use crate::diagnostics::{Code, Diagnostic};
use crate::limits::MOST_DIGITS;
use crate::syntax::draft::Draft;
use crate::syntax::grammar::{Piece, Rule};
use crate::syntax::powers;
use crate::syntax::tree::{Argument, Costs, Evidence, Expr, ExprKind, Figure, Number, Operator, Value};
use crate::words;
use num_bigint::BigInt;
use num_rational::BigRational;

/// The operator that a piece stands for.
pub(super) fn operator(piece: &Piece<'_>) -> Operator {
    match piece.as_str() {
        "+" => Operator::Add,
        "-" => Operator::Subtract,
        "*" => Operator::Multiply,
        _ => Operator::Divide,
    }
}

/// Whether an operator binds more closely than `+`.
pub(super) fn is_product(operator: Operator) -> bool {
    matches!(operator, Operator::Multiply | Operator::Divide)
}

/// Whether the signs before an operand turn it round.
pub(super) fn is_negative(piece: &Piece<'_>) -> bool {
    all(piece, Rule::sign).filter(|sign| sign.as_str() == "-").count() % 2 == 1
}

impl Draft<'_> {
    /// `number`
    pub(super) fn number(&self, piece: &Piece<'_>) -> Built<Number> {
        let written = one(piece, Rule::digits).map_or("", |digits| digits.as_str());
        let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
        let digits = whole.chars().chain(decimals.chars()).filter(char::is_ascii_digit);
        // One digit too many is enough to know: parsing a million of them would take its time.
        let digits: String = digits.take(MOST_DIGITS + 1).collect();
        let value = Some(&digits).filter(|digits| digits.len() <= MOST_DIGITS).and_then(|digits| digits.parse::<BigInt>().ok());
        let Some(value) = value else {
            let message = words!("a number has at most {MOST_DIGITS} digits", "un nombre a au plus {MOST_DIGITS} chiffres");
            return Err(Box::new(Diagnostic::new(Code::NumberTooLarge, self.span(piece), message)));
        };
        let value = BigRational::new(value, BigInt::from(10).pow(decimals.len() as u32));
        let unit = one(piece, Rule::unit).map(|unit| self.name(&unit));
        if let Some(power) = unit.as_ref().and_then(|unit| unit.text.strip_prefix(['e', 'E'])).filter(|p| powers::is_digits(p)) {
            return Err(Box::new(self.power_of_ten(piece, power)));
        }
        Ok(Number { value, decimals: decimals.len() as u32, unit })
    }

    /// The finding about `1e6`, with the number written out where it is no longer than a number may be.
    fn power_of_ten(&self, piece: &Piece<'_>, power: &str) -> Diagnostic {
        let digits = one(piece, Rule::digits).map_or("", |digits| digits.as_str());
        match powers::written_out(digits, power) {
            Some(full) => {
                let span = self.span(piece);
                let help = words!("write `{full}`", "écrivez `{full}`");
                Diagnostic::new(Code::UnexpectedText, span, powers::message()).mend(help, span, full, true)
            }
            None => Diagnostic::new(Code::NumberTooLarge, self.span(piece), powers::too_long()),
        }
    }

    /// The expression inside a piece; the grammar sees to it that there is one.
    pub(super) fn sum_in(&self, piece: &Piece<'_>) -> Built<Expr> {
        self.sum(&one(piece, Rule::sum).unwrap_or_else(|| piece.clone()))
    }

    /// `costs sum per name`
    pub(super) fn costs(&self, piece: &Piece<'_>) -> Built<Costs> {
        let per = one(piece, Rule::name).map(|name| self.name(&name));
        Ok(Costs { amount: self.sum_in(piece)?, per, span: self.span(piece) })
    }

    /// `sum`
    pub(super) fn sum(&self, piece: &Piece<'_>) -> Built<Expr> {
        Ok(self.deep_sum(piece)?.node)
    }

    fn deep_sum(&self, piece: &Piece<'_>) -> Built<Deep<Expr>> {
        let mut inner = piece.clone().into_inner();
        let Some(first) = inner.next() else { return Err(self.unreadable(piece)) };
        let first = self.operand(&first)?;
        let rest = std::iter::from_fn(|| {
            let sign = inner.next()?;
            let operand = inner.next()?;
            Some(self.operand(&operand).map(|operand| (operator(&sign), operand)))
        });
        by_rank(first, rest, is_product, |left, operator, right| {
            let span = left.node.span.to(right.node.span);
            let depth = left.above(span)?.max(right.above(span)?);
            Ok(Deep { node: Expr { kind: ExprKind::Binary(operator, Box::new(left.node), Box::new(right.node)), span }, depth })
        })
    }

    /// `operand`, `limit`, `bound`: signs and what they stand before.
    pub(super) fn signed(&self, piece: &Piece<'_>) -> Built<Expr> {
        Ok(self.operand(piece)?.node)
    }

    fn operand(&self, piece: &Piece<'_>) -> Built<Deep<Expr>> {
        let Some(inner) = piece.clone().into_inner().find(|p| p.as_rule() != Rule::sign) else {
            return Err(self.unreadable(piece));
        };
        let inner = self.primary(&inner)?;
        let span = self.span(piece);
        if is_negative(piece) {
            let depth = inner.above(span)?;
            return Ok(Deep { node: Expr { kind: ExprKind::Negative(Box::new(inner.node)), span }, depth });
        }
        Ok(Deep { node: Expr { span, ..inner.node }, depth: inner.depth })
    }

    fn primary(&self, piece: &Piece<'_>) -> Built<Deep<Expr>> {
        match piece.as_rule() {
            Rule::group => {
                let span = self.span(piece);
                let inner = match one(piece, Rule::sum) {
                    Some(sum) => self.deep_sum(&sum)?,
                    None => return Err(self.unreadable(piece)),
                };
                let depth = inner.above(span)?;
                Ok(Deep { node: Expr { span, ..inner.node }, depth })
            }
            Rule::call => self.call(piece),
            _ => Ok(Deep::leaf(self.leaf(piece)?)),
        }
    }

    /// What holds no expression. Apart from what does, so that nesting costs little of the stack.
    #[inline(never)]
    pub(super) fn leaf(&self, piece: &Piece<'_>) -> Built<Expr> {
        let kind = match piece.as_rule() {
            Rule::between => {
                let (from, to) = self.bounds(piece)?;
                ExprKind::Between(Box::new(from), Box::new(to))
            }
            Rule::count_of => {
                let mut inner = piece.clone().into_inner().filter(|p| p.as_rule() != Rule::k_of);
                let (Some(count), Some(of)) = (inner.next(), inner.next()) else { return Err(self.unreadable(piece)) };
                ExprKind::CountOf(self.number(&count)?, Box::new(self.leaf(&of)?))
            }
            Rule::number => ExprKind::Number(self.number(piece)?),
            _ => ExprKind::Name(self.name(piece)),
        };
        Ok(Expr { kind, span: self.span(piece) })
    }

    /// The two ends of `a..b`. A unit after the second is the unit of both.
    pub(super) fn bounds(&self, piece: &Piece<'_>) -> Built<(Expr, Expr)> {
        let mut bounds = all(piece, Rule::bound);
        let (Some(from), Some(to)) = (bounds.next(), bounds.next()) else { return Err(self.unreadable(piece)) };
        let (mut from, to) = (self.signed(&from)?, self.signed(&to)?);
        if let (Some(first), Some(second)) = (unit_place(&mut from), unit_of(&to)) {
            first.get_or_insert_with(|| second.clone());
        }
        Ok((from, to))
    }

    fn call(&self, piece: &Piece<'_>) -> Built<Deep<Expr>> {
        let span = self.span(piece);
        let mut depth = 1;
        let mut arguments = Vec::new();
        for argument in all(piece, Rule::argument) {
            let word = argument.clone().into_inner().find(|p| matches!(p.as_rule(), Rule::argument_word | Rule::moment_word));
            let mut sums = all(&argument, Rule::sum).map(|sum| self.deep_sum(&sum));
            let value = sums.next().unwrap_or_else(|| Err(self.unreadable(&argument)))?;
            let share = sums.next().transpose()?;
            for part in [Some(&value), share.as_ref()].into_iter().flatten() {
                depth = depth.max(part.above(span)?);
            }
            arguments.push(Argument {
                word: word.map(|word| self.name(&word)),
                value: value.node,
                share: share.map(|share| share.node),
                otherwise: one(&argument, Rule::k_otherwise).map(|word| self.span(&word)),
            });
        }
        Ok(Deep { node: Expr { kind: ExprKind::Call(self.name_in(piece), arguments), span }, depth })
    }

    /// The value inside a piece; the grammar sees to it that there is one.
    pub(super) fn value_in(&self, piece: &Piece<'_>) -> Built<Value> {
        self.value(&one(piece, Rule::value).unwrap_or_else(|| piece.clone()))
    }

    fn value(&self, piece: &Piece<'_>) -> Built<Value> {
        let source = one(piece, Rule::source_of).map(|source| Evidence::Source(self.name_in(&source)));
        let assumed = one(piece, Rule::k_assumed).map(|word| Evidence::Assumed(self.span(&word)));
        Ok(Value {
            sum: self.sum_in(piece)?,
            range: one(piece, Rule::range).map(|range| self.bounds(&range)).transpose()?,
            evidence: source.or(assumed),
            span: self.span(piece),
        })
    }

    /// The figure inside a piece; the grammar sees to it that there is one.
    pub(super) fn figure_in(&self, piece: &Piece<'_>) -> Built<Figure> {
        self.figure(&one(piece, Rule::figure).unwrap_or_else(|| piece.clone()))
    }

    /// `figure`
    pub(super) fn figure(&self, piece: &Piece<'_>) -> Built<Figure> {
        let own = all(piece, Rule::own_value).map(|own| Ok((self.value_in(&own)?, self.name_in(&own))));
        Ok(Figure { value: self.value_in(piece)?, own: own.collect::<Built<_>>()?, span: self.span(piece) })
    }

    /// For a piece that the grammar cannot have read so.
    pub(super) fn unreadable(&self, piece: &Piece<'_>) -> Box<Diagnostic> {
        let message = words!("this cannot be read", "ceci ne peut pas être lu");
        Box::new(Diagnostic::new(Code::UnexpectedText, self.span(piece), message))
    }
}

fn unit_place(bound: &mut Expr) -> Option<&mut Option<crate::syntax::tree::Name>> {
    match &mut bound.kind {
        ExprKind::Number(number) => Some(&mut number.unit),
        ExprKind::Negative(inner) => unit_place(inner),
        _ => None,
    }
}

fn unit_of(bound: &Expr) -> Option<&crate::syntax::tree::Name> {
    match &bound.kind {
        ExprKind::Number(number) => number.unit.as_ref(),
        ExprKind::Negative(inner) => unit_of(inner),
        _ => None,
    }
}
