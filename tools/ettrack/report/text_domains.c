#include "ettrack/report/text_domains.h"

#include "ettrack/report/terminal.h"
#include "ettrack/report/words.h"

#include <inttypes.h>
#include <stdio.h>

enum {
  DOMAIN_TABLE = 80,   /* from so many columns on each has a line */
  DOMAIN_NAME = 18,    /* of which are for its name */
  DOMAIN_FIGURES = 60, /* and for the counts, which all rates can be made of, and two rates */
  DOMAIN_RATE = 9,
  DOMAIN_REACTIVITY = 12
};

struct domain_table {
  const ets_report *report;
  size_t width, top, name;
  bool bounce_rate, reactivity;
};

typedef void write_domain(struct buffer *out, const struct domain_table *table, const char *name,
                          const ets_report_domain *domain);

static void domain_line(struct buffer *out, const struct domain_table *table, const char *name,
                        const ets_report_domain *domain) {
  terminal_lead(out, name, table->name, table->width);
  terminal_number(out, domain->sent, 9);
  terminal_number(out, domain->bounced, 8);
  if (table->bounce_rate)
    terminal_percent(out, ets_rate_share(domain->bounced, domain->sent), DOMAIN_RATE);
  terminal_number(out, domain->delivered, 10);
  terminal_number(out, domain->opened, 8);
  terminal_percent(out, ets_rate_share(domain->opened, domain->delivered), DOMAIN_RATE - 1);
  terminal_number(out, domain->clicked, 8);
  terminal_percent(out, ets_rate_share(domain->clicked, domain->delivered), DOMAIN_RATE);
  if (table->reactivity)
    terminal_percent(out, ets_rate_share(domain->clicked, domain->opened), DOMAIN_REACTIVITY);
  buffer_add_char(out, '\n');
}

/* The rates that the line above had no room for. */
static void rates_line(struct buffer *out, const struct domain_table *table, const char *name,
                       const ets_report_domain *domain) {
  terminal_lead(out, name, table->name, table->width);
  terminal_percent(out, ets_rate_share(domain->bounced, domain->sent), 17);
  terminal_percent(out, ets_rate_share(domain->clicked, domain->opened), 22);
  buffer_add_char(out, '\n');
}

/* In a narrow terminal the figures stand one below the other. */
static void domain_block(struct buffer *out, const struct domain_table *table, const char *name,
                         const ets_report_domain *domain) {
  const struct {
    const char *name;
    int64_t count, whole;
  } figures[] = {{"Sent", domain->sent, 0},
                 {"Bounced", domain->bounced, domain->sent},
                 {"Delivered", domain->delivered, 0},
                 {"Opened", domain->opened, domain->delivered},
                 {"Clicked", domain->clicked, domain->delivered}};
  terminal_lead(out, name, 0, table->width);
  buffer_add_char(out, '\n');
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
    buffer_printf(out, "    %-10s", figures[i].name);
    terminal_number(out, figures[i].count, 10);
    if (figures[i].whole > 0)
      terminal_percent(out, ets_rate_share(figures[i].count, figures[i].whole), 10);
    buffer_add_char(out, '\n');
  }
  buffer_add_text(out, "    Reactivity");
  terminal_percent(out, ets_rate_share(domain->clicked, domain->opened), 20);
  buffer_add_char(out, '\n');
}

static void domain_head(struct buffer *out, const struct domain_table *table) {
  buffer_add_text(out, "  ");
  terminal_name(out, "Domain", table->name, false);
  buffer_printf(out, "%9s%8s%*s%10s%8s%8s%8s", "Sent", "Bounced",
                table->bounce_rate ? DOMAIN_RATE : 0, "", "Delivered", "Opened", "", "Clicked");
  if (table->reactivity)
    buffer_printf(out, "%*s", DOMAIN_RATE + DOMAIN_REACTIVITY, "Reactivity");
  buffer_add_char(out, '\n');
}

static void write_all(struct buffer *out, const struct domain_table *table, write_domain *write) {
  const ets_report *report = table->report;
  for (size_t i = 0; i < report->domain_count && i < table->top; i++)
    write(out, table, report->domains[i].name, &report->domains[i]);
  if (report->domain_count > table->top) {
    const ets_report_domain others = words_domains_from(report, table->top);
    write(out, table, "Others", &others);
  }
  const ets_report_domain all = words_domains_from(report, 0);
  write(out, table, "Total", &all);
}

static void write_table(struct buffer *out, struct domain_table *table) {
  size_t room = table->width - 2 - DOMAIN_FIGURES - DOMAIN_NAME;
  table->bounce_rate = room >= DOMAIN_RATE;
  table->reactivity = room >= DOMAIN_RATE + DOMAIN_REACTIVITY;
  room -= table->bounce_rate ? DOMAIN_RATE : 0;
  room -= table->reactivity ? DOMAIN_REACTIVITY : 0;
  table->name = DOMAIN_NAME + (room < DOMAIN_NAME ? room : DOMAIN_NAME);
  domain_head(out, table);
  write_all(out, table, domain_line);
  if (table->reactivity)
    return;
  buffer_add_text(out, "\n  ");
  terminal_name(out, "Domain", table->name, false);
  buffer_printf(out, "%17s%22s\n", "Bounced of sent", "Clicked of opened");
  write_all(out, table, rates_line);
}

void text_domains(struct buffer *out, const ets_report *report, size_t width, size_t top) {
  struct domain_table table = {.report = report, .width = width, .top = top};
  terminal_title(out, "Domains", width);
  if (!report->domains_known) {
    terminal_text(out, "Not read for a send of this size; --domains reads every SentEvent.", width);
    return;
  }
  terminal_text(out, words_domains, width);
  terminal_text(out, "Reactivity is clicked of opened.", width);
  if (width < DOMAIN_TABLE)
    write_all(out, &table, domain_block);
  else
    write_table(out, &table);
  if (report->without_domain > 0) {
    char text[120];
    snprintf(text, sizeof text, "Of %" PRId64 " recipients the account does not tell the address.",
             report->without_domain);
    terminal_text(out, text, width);
  }
}
