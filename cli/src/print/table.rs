//! A table without lines, as wide as the terminal.

use std::fmt;

use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Width, presets};

/// The blanks between two columns.
const GAP: u16 = 2;

/// Columns that are aligned and wrapped between words. If the longest words do not fit beside each
/// other, each cell has a line of its own, because a name that is cut cannot be copied. Without a
/// terminal, nothing is wrapped.
pub(crate) struct Table {
    heads: Vec<String>,
    rows: Vec<(Mood, Vec<String>)>,
}

/// How good a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    Neutral,
    Bad,
}

impl Table {
    pub(crate) fn new<'a>(heads: impl IntoIterator<Item = &'a str>) -> Self {
        Self { heads: heads.into_iter().map(str::to_uppercase).collect(), rows: Vec::new() }
    }

    pub(crate) fn add(&mut self, cells: impl IntoIterator<Item = String>) {
        self.add_with_mood(Mood::Neutral, cells);
    }

    /// A row whose first cell says how good it is.
    pub(crate) fn add_with_mood(&mut self, mood: Mood, cells: impl IntoIterator<Item = String>) {
        self.rows.push((mood, cells.into_iter().collect()));
    }

    /// Each row in a line.
    fn wide(&self) -> comfy_table::Table {
        let mut table = empty();
        table.set_header(&self.heads);
        for (mood, cells) in &self.rows {
            let cells = cells.iter().enumerate();
            table.add_row(cells.map(|(index, cell)| mood.paint(index, cell)));
        }
        table
    }

    /// Each cell in a line, beside its head.
    fn long(&self) -> comfy_table::Table {
        let mut table = empty();
        for (mood, cells) in &self.rows {
            if table.row_count() > 0 {
                table.add_row([""]);
            }
            for (index, (head, cell)) in self.heads.iter().zip(cells).enumerate() {
                if !cell.is_empty() {
                    table.add_row([Cell::new(head), mood.paint(index, cell)]);
                }
            }
        }
        table
    }
}

impl Mood {
    fn paint(self, index: usize, cell: &str) -> Cell {
        match self {
            Self::Good if index == 0 => Cell::new(cell).fg(Color::Green),
            Self::Bad if index == 0 => Cell::new(cell).fg(Color::Red),
            _ => Cell::new(cell),
        }
    }
}

fn empty() -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    // What prints it removes colours that nobody wants.
    table.load_style(presets::NOTHING).enforce_styling().style_text_only();
    table
}

/// Makes a table as wide as the terminal, and no column narrower than its longest word. Returns
/// whether that is possible.
fn fit(table: &mut comfy_table::Table) -> bool {
    let widest = table.column_max_content_widths();
    // A terminal that does not know its width says 0.
    let width = table.width().filter(|width| *width > 0).unwrap_or(u16::MAX);
    let narrowest: Vec<_> = (0..widest.len()).map(|index| longest_word(table, index)).collect();
    let needed =
        narrowest.iter().map(|width| width.saturating_add(GAP)).fold(0, u16::saturating_add);
    // The last column has no gap after it.
    let mut left = width.saturating_add(GAP).saturating_sub(needed);
    let columns = table.column_iter_mut().zip(narrowest).zip(widest);
    for ((column, narrowest), widest) in columns {
        let more = left.min(widest.saturating_sub(narrowest));
        left -= more;
        let width = Width::Fixed(narrowest.saturating_add(more).saturating_add(GAP));
        column.set_padding((0, GAP)).set_constraint(ColumnConstraint::Absolute(width));
    }
    table.set_content_arrangement(ContentArrangement::Dynamic);
    needed <= width.saturating_add(GAP)
}

fn longest_word(table: &comfy_table::Table, index: usize) -> u16 {
    let cells = table.column_cells_with_header_iter(index).flatten();
    let words = cells.flat_map(|cell| {
        cell.content().split_whitespace().map(|word| word.chars().count()).collect::<Vec<_>>()
    });
    words.max().unwrap_or_default().try_into().unwrap_or(u16::MAX)
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = self.wide();
        if !fit(&mut table) {
            table = self.long();
            fit(&mut table);
        }
        f.write_str(&table.trim_fmt())
    }
}
