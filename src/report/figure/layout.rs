//! The sheet divided: title, subtitle and key above, source below, and between them panels of equal size, aligned.

use super::canvas::{self, Anchor, Canvas, Rect};
use super::extent::{self, Extent, Range};
use super::lettering::{self, ASCENT, DESCENT};
use super::margin;
use super::panel::{self, PanelLayout, TICK_DROP, TICK_GAP, UNIT_RISE};
use super::ruler::{self, Ends, Ruler};
use super::{Axis, Drawing, Figure, FigureError, Layer, Panel, legend, style};

// Smaller than this a panel shows nothing.
const LEAST_PLOT: f64 = 28.0;

pub(super) fn draw(figure: &Figure) -> Result<Drawing, FigureError> {
    check(figure)?;
    lettering::register()?;
    let mut raw = String::new();
    let mut canvas = Canvas::new(&mut raw, figure.width, figure.height)?;
    let middle = draw_surround(&mut canvas, figure)?;
    // Heights decide how many numbers an axis has, numbers decide widths, widths decide wrapping, and wrapping decides
    // heights: so the panels are placed once to learn their height, and again with it.
    let draft = lay_out_panels(figure, &middle, 100.0)?;
    let height = draft.first().map_or(100.0, |one| one.plot.height());
    for one in lay_out_panels(figure, &middle, height)? {
        panel::draw(&mut canvas, &one)?;
    }
    let text_boxes = canvas.finish()?;
    Ok(Drawing { svg: canvas::dressed(&raw, figure), text_boxes })
}

fn check(figure: &Figure) -> Result<(), FigureError> {
    let Figure { width, height, grid, .. } = figure;
    if !(50.0..=10_000.0).contains(width) || !(50.0..=10_000.0).contains(height) {
        return Err(FigureError::BadSize { width: *width, height: *height });
    }
    let panels = figure.panels.len();
    if panels == 0 {
        return Err(FigureError::NoPanels);
    }
    if grid.rows.saturating_mul(grid.columns) < panels {
        return Err(FigureError::GridTooSmall { panels, rows: grid.rows, columns: grid.columns });
    }
    figure.panels.iter().try_for_each(extent::check_lengths)
}

/// Writes what stands around the panels; returns the room left for them.
fn draw_surround(canvas: &mut Canvas, figure: &Figure) -> Result<Rect, FigureError> {
    let left = style::MARGIN;
    let wide = figure.width - 2.0 * style::MARGIN;
    let mut top = style::MARGIN - 4.0;

    let title = lettering::balanced(&figure.title, style::TITLE, wide)?;
    let baseline = top + ASCENT * style::TITLE.size;
    canvas.paragraph(&title, (left, baseline), Anchor::Start, style::TITLE, style::TITLE_INK)?;
    top += title.len() as f64 * style::TITLE.leading() + 1.0;

    let subtitle = lettering::wrap(&figure.subtitle, style::SUBTITLE, wide)?;
    let baseline = top + ASCENT * style::SUBTITLE.size;
    canvas.paragraph(&subtitle, (left, baseline), Anchor::Start, style::SUBTITLE, style::QUIET_INK)?;
    top += subtitle.len() as f64 * style::SUBTITLE.leading();

    let keys = legend::rows(&figure.legend, wide)?;
    if !keys.is_empty() {
        top += 7.0;
        legend::draw(canvas, &keys, (left, top))?;
        top += keys.iter().map(|row| legend::row_height(row)).sum::<f64>();
    }

    let source = lettering::wrap(&figure.source_line, style::SOURCE, wide)?;
    let lines = source.len() as f64;
    let bottom = figure.height - style::MARGIN + 6.0;
    let baseline = bottom - DESCENT * style::SOURCE.size - (lines - 1.0).max(0.0) * style::SOURCE.leading();
    canvas.paragraph(&source, (left, baseline), Anchor::Start, style::SOURCE, style::QUIET_INK)?;
    let above_source = if source.is_empty() { 0.0 } else { lines * style::SOURCE.leading() + 8.0 };

    Ok(Rect { left, top: top + 12.0, right: left + wide, bottom: bottom - above_source })
}

/// Places the panels, their axes made for plots about this high.
fn lay_out_panels<'a>(figure: &'a Figure, room: &Rect, height: f64) -> Result<Vec<PanelLayout<'a>>, FigureError> {
    // Rows and columns without panels take no room.
    let columns = figure.grid.columns.min(figure.panels.len());
    let used_rows = figure.panels.len().div_ceil(columns);
    let gaps_down = (used_rows - 1) as f64 * style::ROW_GAP;
    // Without numbers between them, the years under neighbouring panels need another gap.
    let column_gap = if figure.grid.same_vertical { style::WIDE_COLUMN_GAP } else { style::COLUMN_GAP };
    let gaps_across = (columns - 1) as f64 * column_gap;

    let extents = extents(figure)?;
    let vertical: Vec<Ruler> = figure
        .panels
        .iter()
        .zip(&extents)
        .map(|(panel, extent)| ruler::vertical(&panel.vertical, extent.vertical, height))
        .collect();

    let label_most = (figure.width * 0.17).max(56.0);
    let row_most = figure.width * 0.24;
    let mut sides = vec![Side::default(); columns];
    let mut names = Vec::new();
    for (index, panel) in figure.panels.iter().enumerate() {
        let side = &mut sides[index % columns];
        let named = Names::of(figure, index, columns, &vertical[index], row_most)?;
        side.left = side.left.max(named.width);
        let labels = if extents[index].has_data { margin::end_labels(panel) } else { Vec::new() };
        side.right = side.right.max(margin::room(&labels, label_most)?);
        names.push((named, labels));
    }
    if let Some(last) = sides.last_mut() {
        // Half the name of the last place stands right of the plot, and should not stick out of the page's margin.
        last.right = last.right.max(lettering::width("2025/26", style::TICK)? / 2.0);
    }
    let taken: f64 = sides.iter().map(|side| side.left + side.right).sum::<f64>() + gaps_across;
    let plot_width = (room.width() - taken) / columns as f64;
    if plot_width < LEAST_PLOT {
        let needed = taken + LEAST_PLOT * columns as f64;
        return Err(FigureError::NoRoom { what: "the row of panels".to_string(), needed, available: room.width() });
    }

    let mut panels = Vec::new();
    let mut lefts = Vec::new();
    let mut left = room.left;
    for side in &sides {
        lefts.push(left);
        left += side.left + plot_width + side.right + column_gap;
    }
    for (index, (panel, (names, end_labels))) in figure.panels.iter().zip(names).enumerate() {
        let column = index % columns;
        let side = sides[column];
        // A name below the axis may use most of the gap to the next column.
        let spare = column_gap / 2.0 - 3.0;
        let plot_left = lefts[column] + side.left;
        let right = plot_left + plot_width + side.right;
        let before = if column == 0 { 0.0 } else { spare };
        let after = if column + 1 == columns { 0.0 } else { spare };
        let ends = ends_of(panel);
        let title_left = if panel.vertical.category_names().is_some() { plot_left } else { lefts[column] };
        let title_width = right + after - title_left;
        let across = |text: &str, face| lettering::wrap(text, face, title_width);
        panels.push(PanelLayout {
            panel,
            extent: extents[index],
            plot: Rect { left: plot_left, top: 0.0, right: plot_left + plot_width, bottom: 0.0 },
            cell: Rect { left: lefts[column], top: 0.0, right, bottom: 0.0 },
            reach: (lefts[column] - before, right + after),
            horizontal: ruler::horizontal(&panel.horizontal, extents[index].horizontal, plot_width, style::TICK, ends)?,
            vertical: vertical[index].clone(),
            title: across(&panel.title, style::PANEL_TITLE)?,
            unit: across(&panel.vertical_unit(), style::UNIT)?,
            horizontal_title: lettering::wrap(panel.horizontal_title(), style::UNIT, plot_width)?,
            row_names: names.rows,
            names_vertical: names.visible,
            end_labels,
            label_width: label_most,
        });
    }
    set_heights(&mut panels, columns, room, gaps_down)?;
    Ok(panels)
}

impl Panel {
    /// Whether both axes have names: fields of a heat map, whose numbers have no axis.
    pub(super) fn is_field(&self) -> bool {
        self.vertical.category_names().is_some() && self.horizontal.category_names().is_some()
    }

    /// What stands above the plot: the unit of the numbers, wherever their axis lies; of a field, what its rows are.
    fn vertical_unit(&self) -> String {
        let in_rows = self.vertical.category_names().is_some() && !self.is_field();
        if in_rows { self.horizontal.title.clone() } else { self.vertical.title.clone() }
    }

    fn horizontal_title(&self) -> &str {
        let in_rows = self.vertical.category_names().is_some() && !self.is_field();
        if in_rows { "" } else { &self.horizontal.title }
    }
}

/// Gives all plots the same height and sets rows below each other.
fn set_heights(panels: &mut [PanelLayout], columns: usize, room: &Rect, gaps_down: f64) -> Result<(), FigureError> {
    let above = |panel: &PanelLayout| {
        let title = panel.title.len() as f64 * style::PANEL_TITLE.leading();
        let unit = panel.unit.len() as f64 * style::UNIT.leading();
        title + unit + if panel.unit.is_empty() { 5.0 } else { UNIT_RISE - 5.0 }
    };
    let below = |panel: &PanelLayout| {
        let ticks = panel.horizontal.ticks.iter().map(|tick| tick.lines.len()).max().unwrap_or(0);
        let lines = ticks as f64 * style::TICK.leading();
        TICK_DROP + lines + panel.horizontal_title.len() as f64 * style::UNIT.leading()
    };
    let bands: Vec<(f64, f64)> = panels
        .chunks(columns)
        .map(|row| {
            let most = |size: &dyn Fn(&PanelLayout) -> f64| row.iter().map(size).fold(0.0, f64::max);
            (most(&above), most(&below))
        })
        .collect();
    let taken: f64 = bands.iter().map(|(above, below)| above + below).sum::<f64>() + gaps_down;
    let plot_height = (room.height() - taken) / bands.len() as f64;
    if plot_height < LEAST_PLOT {
        let needed = taken + LEAST_PLOT * bands.len() as f64;
        return Err(FigureError::NoRoom { what: "the column of panels".to_string(), needed, available: room.height() });
    }
    let mut top = room.top;
    for (row, (above, below)) in panels.chunks_mut(columns).zip(bands) {
        for panel in row {
            panel.cell.top = top;
            panel.plot.top = top + above;
            panel.plot.bottom = panel.plot.top + plot_height;
            panel.cell.bottom = panel.plot.bottom + below;
            check_row_names(panel)?;
        }
        top += above + plot_height + below + style::ROW_GAP;
    }
    Ok(())
}

fn check_row_names(panel: &PanelLayout) -> Result<(), FigureError> {
    let slot = panel.plot.height() / panel.row_names.len().max(1) as f64;
    for lines in &panel.row_names {
        let needed = lines.len() as f64 * style::ROW.leading();
        if needed > slot {
            let what = format!("the row `{}`", lines.join(" "));
            return Err(FigureError::NoRoom { what, needed, available: slot });
        }
    }
    Ok(())
}

/// What stands left and right of the plots of a column.
#[derive(Clone, Copy, Default)]
struct Side {
    left: f64,
    right: f64,
}

/// The names left of a plot.
struct Names {
    rows: Vec<Vec<String>>,
    visible: bool,
    width: f64,
}

impl Names {
    fn of(figure: &Figure, index: usize, columns: usize, ruler: &Ruler, most: f64) -> Result<Names, FigureError> {
        let panel = &figure.panels[index];
        let neighbour = if index.is_multiple_of(columns) { None } else { figure.panels.get(index - 1) };
        if let Some(categories) = panel.vertical.category_names() {
            if neighbour.is_some_and(|left| left.vertical.category_names() == Some(categories)) {
                return Ok(Names { rows: Vec::new(), visible: false, width: 0.0 });
            }
            let mut rows = Vec::new();
            let mut width: f64 = 0.0;
            for name in categories {
                let lines = lettering::wrap(name, style::ROW, most)?;
                width = width.max(lettering::widest(&lines, style::ROW)?);
                rows.push(lines);
            }
            return Ok(Names { rows, visible: true, width: width + 10.0 });
        }
        if figure.grid.same_vertical && neighbour.is_some() {
            return Ok(Names { rows: Vec::new(), visible: false, width: 0.0 });
        }
        let mut width: f64 = 0.0;
        for tick in &ruler.ticks {
            width = width.max(lettering::widest(&tick.lines, style::TICK)?);
        }
        Ok(Names { rows: Vec::new(), visible: true, width: width + TICK_GAP })
    }
}

fn extents(figure: &Figure) -> Result<Vec<Extent>, FigureError> {
    let mut extents = Vec::new();
    let mut all = Range::EMPTY;
    for panel in &figure.panels {
        let extent = extent::of(panel);
        check_categories(panel, &panel.horizontal, extent.horizontal)?;
        check_categories(panel, &panel.vertical, extent.vertical)?;
        if panel.vertical.category_names().is_none() {
            all.hold_range(extent.vertical);
        }
        extents.push(extent);
    }
    if figure.grid.same_vertical {
        for extent in &mut extents {
            extent.vertical = all;
        }
    }
    Ok(extents)
}

fn check_categories(panel: &Panel, axis: &Axis, range: Range) -> Result<(), FigureError> {
    let Some(names) = axis.category_names() else {
        return Ok(());
    };
    let outermost = [range.low, range.high];
    let beyond = |position: &&f64| position.is_finite() && !(-0.5..=names.len() as f64 - 0.5).contains(*position);
    match outermost.iter().find(beyond) {
        None => Ok(()),
        Some(&position) => {
            let (panel, categories) = (panel.title.clone(), names.len());
            Err(FigureError::NoSuchCategory { panel, position, categories })
        }
    }
}

/// Lines end with their data; bars and points need room beside the outermost; as in rows.
fn ends_of(panel: &Panel) -> Ends {
    if panel.vertical.category_names().is_some() {
        return Ends::HalfStep;
    }
    let standing = |layer: &Layer| matches!(layer, Layer::Bars { .. } | Layer::Points { .. });
    if panel.layers.iter().any(standing) { Ends::HalfStep } else { Ends::Data }
}
