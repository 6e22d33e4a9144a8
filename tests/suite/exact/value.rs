//! Small formulas: numbers, `+ - * / ( )`, `sqrt`, `exp`, `log`, `pi`.

/// The value of a formula.
pub(super) fn evaluate(text: &str) -> Result<f64, String> {
    let mut reader = Reader { text: text.trim() };
    let value = reader.sum()?;
    if reader.text.is_empty() { Ok(value) } else { Err(format!("`{}` is not read in `{text}`", reader.text)) }
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, sign: char) -> bool {
        let rest = self.text.trim_start().strip_prefix(sign);
        self.text = rest.unwrap_or(self.text).trim_start();
        rest.is_some()
    }

    fn sum(&mut self) -> Result<f64, String> {
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value += self.product()?;
            } else if self.take('-') {
                value -= self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<f64, String> {
        let mut value = self.factor()?;
        loop {
            if self.take('*') {
                value *= self.factor()?;
            } else if self.take('/') {
                value /= self.factor()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn factor(&mut self) -> Result<f64, String> {
        if self.take('-') {
            return Ok(-self.factor()?);
        }
        if self.take('(') {
            let value = self.sum()?;
            return if self.take(')') { Ok(value) } else { Err("a `)` is missing".to_owned()) };
        }
        let end = self.text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        self.text = rest.trim_start();
        match word {
            "sqrt" => Ok(libm::sqrt(self.factor()?)),
            "exp" => Ok(libm::exp(self.factor()?)),
            "log" => Ok(libm::log(self.factor()?)),
            "pi" => Ok(std::f64::consts::PI),
            number => number.parse().map_err(|_| format!("`{number}` is not a number")),
        }
    }
}

#[test]
fn formulas_have_their_usual_meaning() {
    for (text, value) in [("3/800", 0.00375), ("-2.5", -2.5), ("1 - 2 - 3", -4.0), ("2*(3 + 1)/4", 2.0), ("sqrt(2)*sqrt(2)", 2.0)]
    {
        assert!((evaluate(text).unwrap() - value).abs() < 1e-15, "{text}");
    }
    assert!((evaluate("3/8*exp(-1/4)").unwrap() - 0.292_050_293_651_776_8).abs() < 1e-15);
    assert!((evaluate("log(exp(2))+pi-pi").unwrap() - 2.0).abs() < 1e-15);
    for wrong in ["", "1 2", "(1", "two", "1 +"] {
        assert!(evaluate(wrong).is_err(), "{wrong}");
    }
}
