//! Plots in SVG, on an opaque background, so that they are readable on dark pages too.

use std::path::Path;

use plotters::coord::Shift;
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::Result;
use crate::table::digits;

const FONT: &str = "sans-serif";
const TEXT: RGBColor = RGBColor(0x24, 0x29, 0x2f);
const OURS: RGBColor = RGBColor(0xd9, 0x48, 0x0f);
const LIGHTER: RGBColor = RGBColor(0xf4, 0xa2, 0x61);
const OTHERS: RGBColor = RGBColor(0x8c, 0x9b, 0xab);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Titles are in Markdown, as in tables.
pub(crate) struct Bar {
    pub(crate) title: String,
    pub(crate) value: f64,
}

/// A group of bars with a scale of its own.
pub(crate) struct Bars<'a> {
    pub(crate) title: &'a str,
    pub(crate) bars: Vec<Bar>,
}

/// Horizontal bars, each with its number.
pub(crate) fn bars(file: &Path, unit: &str, groups: &[Bars<'_>]) -> Result<()> {
    const WIDTH: i32 = 760;
    const LABELS: i32 = 270;
    const NUMBERS: i32 = 80;
    const TITLE: i32 = 36;
    const BAR: i32 = 24;

    let count = |bars: &Bars<'_>| i32::try_from(bars.bars.len()).unwrap_or_default();
    let height: i32 = groups.iter().map(|group| TITLE + count(group) * BAR + 10).sum();
    let area = start(file, [WIDTH, height])?;
    let mut y = 0;
    for group in groups {
        text(&area, group.title, (12, y + TITLE / 2), 16, HPos::Left)?;
        y += TITLE;
        let longest = group.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
        for Bar { title, value } in &group.bars {
            let middle = y + BAR / 2;
            text(&area, &plain(title), (LABELS - 8, middle), 13, HPos::Right)?;
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            let end = LABELS + (f64::from(WIDTH - LABELS - NUMBERS) * value / longest) as i32;
            let colour = if is_ours(title) { OURS } else { OTHERS };
            area.draw(&Rectangle::new(
                [(LABELS, y + 4), (end.max(LABELS + 1), y + BAR - 4)],
                colour.filled(),
            ))?;
            text(&area, &format!("{} {unit}", digits(*value)), (end + 6, middle), 13, HPos::Left)?;
            y += BAR;
        }
        y += 10;
    }
    area.present()?;
    Ok(())
}

pub(crate) struct Line {
    pub(crate) title: String,
    pub(crate) points: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Axes {
    /// From zero.
    Linear,
    Logarithmic,
}

/// Lines over two axes with these labels.
pub(crate) fn lines(
    file: &Path,
    title: &str,
    axes: Axes,
    labels: [&str; 2],
    lines: &[Line],
) -> Result<()> {
    let area = start(file, [760, 380])?;
    let points = || lines.iter().flat_map(|line| &line.points);
    let range = |part: fn(&(f64, f64)) -> f64| {
        let most = points().map(part).fold(0.0, f64::max);
        points().map(part).fold(most, f64::min)..most * 1.05
    };
    let (x, y) = (range(|point| point.0), range(|point| point.1));
    let mut chart = ChartBuilder::on(&area);
    chart
        .caption(title, (FONT, 16).into_font().color(&TEXT))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(64);
    match axes {
        Axes::Linear => {
            let legend = SeriesLabelPosition::UpperLeft;
            draw(chart.build_cartesian_2d(0.0..x.end, 0.0..y.end)?, labels, lines, legend)?;
        }
        // Lines that rise leave this corner free.
        Axes::Logarithmic => {
            let legend = SeriesLabelPosition::LowerRight;
            draw(chart.build_cartesian_2d(x.log_scale(), y.log_scale())?, labels, lines, legend)?;
        }
    }
    area.present()?;
    Ok(())
}

fn draw<'a, X, Y>(
    mut chart: ChartContext<'a, SVGBackend<'a>, Cartesian2d<X, Y>>,
    labels: [&str; 2],
    lines: &[Line],
    legend: SeriesLabelPosition,
) -> Result<()>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    const OTHER: [RGBColor; 3] =
        [RGBColor(0x4c, 0x6e, 0xf5), RGBColor(0x0b, 0x7a, 0x75), RGBColor(0x86, 0x5d, 0xc9)];
    const GRID: RGBColor = RGBColor(0xe6, 0xe9, 0xec);

    let font = (FONT, 13).into_font().color(&TEXT);
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .bold_line_style(GRID)
        .x_desc(labels[0])
        .y_desc(labels[1])
        .axis_desc_style(font.clone())
        .label_style(font.clone())
        .x_label_formatter(&rounded)
        .y_label_formatter(&rounded)
        .draw()?;
    let mut others = OTHER.into_iter().cycle();
    let mut ours = [OURS, LIGHTER].into_iter().cycle();
    for line in lines {
        let colour = if is_ours(&line.title) { ours.next() } else { others.next() };
        let style = colour.unwrap_or(TEXT).stroke_width(2);
        chart
            .draw_series(LineSeries::new(line.points.iter().copied(), style))?
            .label(plain(&line.title))
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], style));
    }
    chart
        .configure_series_labels()
        .position(legend)
        .background_style(WHITE)
        .border_style(GRID)
        .label_font(font)
        .draw()?;
    Ok(())
}

/// An empty plot.
fn start(file: &Path, [width, height]: [i32; 2]) -> Result<Area<'_>> {
    let size = (width.unsigned_abs(), height.unsigned_abs());
    let area = SVGBackend::new(file, size).into_drawing_area();
    area.fill(&WHITE)?;
    Ok(area)
}

fn text(area: &Area<'_>, text: &str, at: (i32, i32), height: i32, side: HPos) -> Result<()> {
    let style = (FONT, height).into_font().color(&TEXT).pos(Pos::new(side, VPos::Center));
    area.draw(&Text::new(text, at, style))?;
    Ok(())
}

/// Without the last digits of 0.30000000000000004.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "plotters passes references")]
fn rounded(number: &f64) -> String {
    ((number * 1e3).round() / 1e3).to_string()
}

fn is_ours(title: &str) -> bool {
    plain(title).starts_with("stage-config")
}

/// Without Markdown.
fn plain(title: &str) -> String {
    title.replace(['*', '`'], "")
}
