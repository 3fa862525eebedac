//! A table without lines, as wide as the terminal.

use std::fmt;

use comfy_table::{Cell, Color, ContentArrangement, presets};

const NARROWEST: u16 = 60;

/// Columns that are aligned and wrapped. Without a terminal, nothing is wrapped.
pub(crate) struct Table(comfy_table::Table);

/// How good a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    Neutral,
    Bad,
}

impl Table {
    pub(crate) fn new<'a>(heads: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = comfy_table::Table::new();
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            // What prints it removes colours that nobody wants.
            .enforce_styling()
            .set_header(heads.into_iter().map(|head| Cell::new(head.to_uppercase())));
        // A terminal that does not know its width says 0.
        if table.width().is_some_and(|width| width < NARROWEST) {
            table.set_width(NARROWEST);
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        Self(table)
    }

    pub(crate) fn add(&mut self, cells: impl IntoIterator<Item = String>) {
        self.0.add_row(cells);
    }

    /// A row whose first cell says how good it is.
    pub(crate) fn add_with_mood(&mut self, mood: Mood, cells: impl IntoIterator<Item = String>) {
        let mut row: Vec<_> = cells.into_iter().map(Cell::new).collect();
        let color = match mood {
            Mood::Good => Some(Color::Green),
            Mood::Neutral => None,
            Mood::Bad => Some(Color::Red),
        };
        if let (Some(first), Some(color)) = (row.first_mut(), color) {
            *first = first.clone().fg(color);
        }
        self.0.add_row(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.trim_fmt())
    }
}
