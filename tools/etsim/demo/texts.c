/* The words of the demo data. */
#include <stdio.h>

#include "demo/demo.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
  FIRST_EMAIL_ID = 3099000,
  FIRST_LIST_ID = 1723001,
  LIST_ID_STEP = 17,
  FIRST_LINK_ID = 30500000
};

/* One ends in a blank, as names typed by people do. */
static const char *const list_names[DEMO_LISTS] = {
    "Newsletter subscribers", "Kunden Österreich", "Événements & webinars ", "Product updates",
    "Partners <wholesale>",   "日本のお客様",      "Loyalty club",           "Trial accounts"};

struct theme {
  const char *name;
  const char *subject;
  const char *campaign;
};

static const struct theme themes[DEMO_THEMES] = {
    {"November newsletter", "What's new in November", "2026-11-newsletter"},
    {"Weekly offers", "Five offers for the weekend", "offers-weekly"},
    {"Product news", "New: reports & dashboards", "product-news"},
    {"Herbstaktion", "Herbstaktion – nur bis Sonntag", "herbst"},
    {"Webinar invitation", "You're invited: tracking that adds up", "webinar"},
    {"Survey", "Two minutes for a better service?", "survey"},
    {"Lettre d'information", "La lettre : l'essentiel du mois", "lettre-fr"},
    {"Win back ", "We miss you \"already\"", "win-back"}};

struct link {
  const char *alias;
  const char *path;
};

static const struct link links[DEMO_LINKS] = {
    {"Read the story", "news/november?utm_source=email&utm_medium=newsletter"},
    {"Shop now", "shop/?ref=nl&sort=new"},
    {"Unsubscribe", "unsubscribe?lang=en"},
    {"View as web page", "view"},
    {"Größentabelle", "help/gr%C3%B6%C3%9Fen"},
    {"", "logo"},
    {"Profile center", "profile?step=1&back=/"},
    {"Share <with friends>", "share"},
    {"Terms", "legal/terms#section-4"},
    {"Imprint", "legal/imprint"}};

static const char *const questions[] = {"How did you like this newsletter?",
                                        "Which topic should we cover next?", "Any comment?"};
static const char *const answers[][4] = {
    {"Very much", "It was fine", "Not at all", "Sehr gut"},
    {"Reports", "Automation", "Privacy & consent", "Nothing, it's > enough"},
    {"No", "More pictures, please", "Too long;\nand too often", "Merci !"}};

const char *demo_list_name(int id) {
  int index = (id - FIRST_LIST_ID) / LIST_ID_STEP;
  return index >= 0 && index < DEMO_LISTS && demo_list_id((size_t)index) == id ? list_names[index]
                                                                               : NULL;
}

int demo_list_id(size_t index) {
  return FIRST_LIST_ID + LIST_ID_STEP * (int)index;
}

/* The first theme is the demo send's alone. */
unsigned demo_theme(const struct send *send) {
  return send->id == DEMO_SEND_ID ? 0 : 1 + (unsigned)((send->key >> 8) % (DEMO_THEMES - 1));
}

const char *demo_theme_name(unsigned theme) {
  return themes[theme].name;
}

const char *demo_theme_subject(unsigned theme) {
  return themes[theme].subject;
}

const char *demo_theme_campaign(unsigned theme) {
  return themes[theme].campaign;
}

int demo_email_id(unsigned theme) {
  return FIRST_EMAIL_ID + (int)theme;
}

void demo_definition_id(unsigned theme, char guid[DEMO_GUID_SIZE]) {
  snprintf(guid, DEMO_GUID_SIZE, "5e9d0007-0000-4000-8000-%012u", theme + 1);
}

const char *demo_email_name(const struct send *send) {
  return themes[demo_theme(send)].name;
}

const char *demo_subject(const struct send *send) {
  return themes[demo_theme(send)].subject;
}

const char *demo_campaign(const struct send *send) {
  return themes[demo_theme(send)].campaign;
}

const char *demo_link_alias(unsigned link) {
  return links[link].alias;
}

const char *demo_link_url(const struct send *send, unsigned link, char buffer[256]) {
  snprintf(buffer, 256, "https://www.example.com/%s/%s", demo_campaign(send), links[link].path);
  return buffer;
}

int demo_link_id(const struct send *send, unsigned link) {
  return FIRST_LINK_ID + (int)send->ordinal * DEMO_LINKS + (int)link;
}

const char *demo_question(unsigned question) {
  return questions[question % COUNT(questions)];
}

const char *demo_answer(const struct event *event) {
  uint64_t h = mix(event->send->key, event->row, 0xA5);
  return answers[event->part % COUNT(answers)][h % 4];
}
