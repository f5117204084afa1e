#include "ettrack/report/svg.h"

#include "common/escape.h"
#include "ettrack/report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The margins have room for labels that are as large on a phone as the style sheet makes them. */
enum { WIDTH = 420, HEIGHT = 240, LEFT = 58, RIGHT = 10, TOP = 12, BOTTOM = 30 };
enum { PLOT_WIDTH = WIDTH - LEFT - RIGHT, PLOT_HEIGHT = HEIGHT - TOP - BOTTOM };

static void open_chart(struct buffer *out, const char *id, const char *title, const char *text) {
  buffer_printf(out,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">\n"
                "<title id=\"%s-t\">%s</title><desc id=\"%s-d\">",
                WIDTH, HEIGHT, id, id, id, title, id);
  escape_xml_attribute(out, text, strlen(text));
  buffer_add_text(out, "</desc>\n");
}

/* A line of the grid with its label; `share` 0 is the bottom. */
static void grid_line(struct buffer *out, double share, const char *label) {
  double y = TOP + PLOT_HEIGHT * (1 - share);
  buffer_printf(out,
                "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>"
                "<text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                LEFT, y, WIDTH - RIGHT, y, LEFT - 6, y + 4, label);
}

/* `spare`: left out where labels are large. */
static void under_axis(struct buffer *out, double x, const char *label, bool spare) {
  buffer_printf(out,
                "<text class=\"axis%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                spare ? " spare" : "", x, HEIGHT - BOTTOM + 20, label);
}

/* --- opens and clicks over time -------------------------------------------------------------- */

static void write_curve(struct buffer *out, const ets_report_reaction *reaction, int series) {
  if (reaction->count == 0)
    return;
  buffer_printf(out, "<polyline class=\"line s%d\" points=\"", series);
  for (int step = 0; step <= ETS_REPORT_STEPS; step++) {
    double share = (double)reaction->curve[step] / (double)reaction->count;
    buffer_printf(out, "%s%.1f,%.1f", step ? " " : "",
                  LEFT + (double)PLOT_WIDTH * step / ETS_REPORT_STEPS,
                  TOP + PLOT_HEIGHT * (1 - share));
  }
  buffer_add_text(out, "\"/>\n");
}

void svg_cumulated(struct buffer *out, const ets_report *report) {
  int64_t hours = report->span / 3600;
  char text[160], opens[WORD_SIZE], clicks[WORD_SIZE];
  snprintf(text, sizeof text, "Half of all opens had come after %s, half of all clicks after %s.",
           words_duration(opens, report->opens.reach[4]),
           words_duration(clicks, report->clicks.reach[4]));
  open_chart(out, "cumulated", "Opens and clicks that had come, in per cent of all", text);
  for (int i = 0; i <= 4; i++) {
    char label[16];
    snprintf(label, sizeof label, "%d %%", i * 25);
    grid_line(out, i / 4.0, label);
  }
  for (int i = 0; i <= 4; i++) {
    char label[32];
    double at = (double)hours * i / 4;
    if (hours > 48)
      snprintf(label, sizeof label, "%g d", at / 24);
    else
      snprintf(label, sizeof label, "%g h", at);
    under_axis(out,
               LEFT + (i == 0   ? 14
                       : i == 4 ? PLOT_WIDTH - 14
                                : PLOT_WIDTH * i / 4.0),
               i == 0 ? "sent" : label, false);
  }
  write_curve(out, &report->opens, 0);
  write_curve(out, &report->clicks, 1);
  buffer_add_text(out, "</svg>\n");
}

/* --- clicks per day -------------------------------------------------------------------------- */

/* Of one series: a link, or with the last one all that are left. */
static int64_t clicks_of(const ets_report *report, size_t series, size_t day) {
  if (series + 1 < SVG_SERIES)
    return series < report->link_count ? report->links[series].days[day] : 0;
  int64_t sum = 0;
  for (size_t i = series; i < report->link_count; i++)
    sum += report->links[i].days[day];
  return sum;
}

/* 1, 2 or 5 times a power of ten, five of which are enough. */
static int64_t step_for(int64_t most) {
  int64_t step = 1;
  while (step * 5 < most) {
    if (step * 10 >= most)
      return step * 2;
    if (step * 25 >= most)
      return step * 5;
    step *= 10;
  }
  return step;
}

/* "5,000", "20k", "1.5M": what stands at an axis. */
static const char *short_number(char word[WORD_SIZE], int64_t number) {
  if (number < 10000)
    return words_number(word, number);
  bool millions = number >= 1000000;
  snprintf(word, WORD_SIZE, "%g%c", (double)number / (millions ? 1e6 : 1e3), millions ? 'M' : 'k');
  return word;
}

static void write_day(struct buffer *out, const ets_report *report, size_t day, double x,
                      double width, int64_t full) {
  double y = TOP + PLOT_HEIGHT;
  for (size_t series = 0; series < SVG_SERIES; series++) {
    int64_t clicks = clicks_of(report, series, day);
    double height = (double)PLOT_HEIGHT * (double)clicks / (double)full;
    if (clicks == 0)
      continue;
    y -= height;
    buffer_printf(out,
                  "<rect class=\"s%zu\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                  "<title>day %zu, ",
                  series, x, y, width, height > 0.5 ? height : 0.5, day + 1);
    const char *name = series + 1 < SVG_SERIES ? report->links[series].name : "all others";
    escape_xml_attribute(out, name, strlen(name));
    buffer_printf(out, ": %" PRId64 "</title></rect>\n", clicks);
  }
}

void svg_days(struct buffer *out, const ets_report *report) {
  int64_t most = 0;
  size_t last = 0;
  for (size_t day = 0; day < ETS_REPORT_DAYS; day++) {
    int64_t all = 0;
    for (size_t series = 0; series < SVG_SERIES; series++)
      all += clicks_of(report, series, day);
    most = all > most ? all : most;
    last = all > 0 ? day : last;
  }
  int64_t step = step_for(most > 0 ? most : 1), full = (most + step - 1) / step * step;
  full = full > 0 ? full : step;
  char text[96], word[WORD_SIZE];
  snprintf(
      text, sizeof text, "The busiest day had %s clicks.",
      words_number(word, most > 0 ? most : words_dated(&report->clicks, report->totals.clicks)));
  open_chart(out, "days", "Clicks per day since the send, by link", text);
  for (int64_t at = 0; at <= full; at += step)
    grid_line(out, (double)at / (double)full, short_number(word, at));
  double slot = (double)PLOT_WIDTH / (double)(last + 1);
  double width = slot * 0.7 < 64 ? slot * 0.7 : 64;
  for (size_t day = 0; day <= last; day++) {
    double middle = LEFT + slot * ((double)day + 0.5);
    char label[32];
    write_day(out, report, day, middle - width / 2, width, full);
    snprintf(label, sizeof label, "%s%zu%s", last < 7 ? "day " : "", day + 1,
             day + 1 == ETS_REPORT_DAYS ? "+" : "");
    under_axis(out, middle, label, last >= 7 && (last - day) % 2 == 1);
  }
  buffer_add_text(out, "</svg>\n");
}
