//! Tables in Markdown.

use std::fmt::{self, Display};

/// The first column is text, all others are numbers.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(crate) fn new<S: Into<String>>(head: impl IntoIterator<Item = S>) -> Self {
        let mut table = Self { rows: Vec::new() };
        table.row(head);
        table
    }

    pub(crate) fn row<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, row) in self.rows.iter().enumerate() {
            writeln!(f, "| {} |", row.join(" | "))?;
            if index == 0 {
                writeln!(f, "|---{}|", "|---:".repeat(row.len() - 1))?;
            }
        }
        Ok(())
    }
}

/// With three digits, or more if the number has more before its point.
pub(crate) fn digits(number: f64) -> String {
    let decimals = match number.abs() {
        0.0 => 0,
        size if size < 0.9995 => 3,
        size if size < 9.995 => 2,
        size if size < 99.95 => 1,
        _ => 0,
    };
    format!("{number:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_markdown() {
        let mut table = Table::new(["program", "ms"]);
        table.row(["floor".to_owned(), digits(1.934)]);
        assert_eq!(table.to_string(), "| program | ms |\n|---|---:|\n| floor | 1.93 |\n");
    }

    #[test]
    fn three_digits() {
        let numbers = [0.0, 0.0123, 0.995, 9.996, 36.64, 99.96, 686.6, 12_345.6];
        let texts = ["0", "0.012", "0.995", "10.0", "36.6", "100", "687", "12346"];
        assert_eq!(numbers.map(digits), texts);
    }
}
