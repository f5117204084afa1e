#include "store/account.h"

#include <stdio.h>
#include <string.h>

#include "store/data_extension.h"
#include "store/history.h"

#define GUID(kind, number) "5e9d" kind "-0000-4000-8000-00000000000" #number
#define ROLE_ID(number) GUID("0001", number)
#define PROFILE_ID(number) GUID("0002", number)
#define CONTENT_ID(number) GUID("0003", number)
#define ACTIVITY_ID(number) GUID("0004", number)
#define TRIGGER_ID(number) GUID("0005", number)
#define EXTENSION_ID(number) GUID("0006", number)
#define RUN_ID(number) GUID("0008", number)
#define RESULT_ID(number) GUID("0009", number)
#define TASK_ID(number) GUID("000a", number)
#define PROPERTY_ID(number) GUID("000b", number)

#define OWNER "10001"
#define MADE "2021-03-01T09:15:00.25"

enum { PAIRS = 64, CUSTOMERS = 100, NEWSLETTERS = 510021, INITIATED = 510008 };

struct seed {
  const char *type;
  const char *pairs[PAIRS];
};

#define OBJECT(type, ...) {type, {__VA_ARGS__, NULL}},
#define FOLDER(id, key, name, content)                                                       \
  OBJECT("DataFolder", "ID", id, "CustomerKey", key, "Name", name, "Description", "",        \
         "ContentType", content, "IsActive", "true", "IsEditable", "false", "AllowChildren", \
         "true", "ParentFolder.ID", "0")
static const struct seed seeds[] = {
#include "store/account.def"
#include "store/activities.def"
};

/* They are of every account: business units share them with their parent. */
static bool add(struct world *world, const char *type, struct node *tree) {
  struct store *store = &world->store;
  bool done = tree && world_complete(type, tree) && node_put(tree, "Client.ID", OWNER) &&
              node_put(tree, "CreatedDate", MADE) && node_put(tree, "ModifiedDate", MADE);
  if (!done) {
    node_free(tree);
    return false;
  }
  return store_add(store, store_make_table(store, type), tree, 0) != NULL;
}

static struct node *tree_of(const char *const *pairs) {
  struct node *tree = node_new(NULL, "Object");
  for (; tree && *pairs; pairs += 2)
    if (!node_put(tree, pairs[0], pairs[1])) {
      node_free(tree);
      return NULL;
    }
  return tree;
}

/* The lists of the demo data are objects like any other: they can be changed. */
static bool add_list(struct world *world, int id, const char *name) {
  struct store *store = &world->store;
  char number[16];
  struct node *tree = node_new(NULL, "Object");
  snprintf(number, sizeof number, "%d", id);
  bool done = tree && node_put(tree, "Client.ID", "10001") &&
              node_put(tree, "CreatedDate", "2021-03-01T09:15:00.25") &&
              node_put(tree, "ModifiedDate", "2021-03-01T09:15:00.25") &&
              node_put(tree, "ID", number) && node_put(tree, "CustomerKey", number) &&
              node_put(tree, "ListName", name) && node_put(tree, "Type", "Public") &&
              node_put(tree, "ListClassification", "ExactTargetList") &&
              node_put(tree, "Category", "510002");
  if (!done) {
    node_free(tree);
    return false;
  }
  return store_add(store, store_make_table(store, "List"), tree, world->accounts[0]) != NULL;
}

static bool add_lists(struct world *world) {
  for (size_t i = 0; i < DEMO_LISTS; i++)
    if (!add_list(world, demo_list_id(i), demo_list_name(demo_list_id(i))))
      return false;
  return true;
}

static bool add_content(struct node *email, const char *key, const char *content) {
  struct node *area = node_new(email, "ContentAreas");
  return area && node_put(area, "Key", key) && node_put(area, "Content", content) &&
         node_put(area, "IsBlank", "false") && node_put(area, "IsDynamicContent", "false") &&
         node_put(area, "IsSurvey", "false");
}

static bool add_email(struct world *world, unsigned theme) {
  char id[16], key[32], folder[16], html[512], text[256];
  snprintf(id, sizeof id, "%d", demo_email_id(theme));
  snprintf(key, sizeof key, "email-%u", theme);
  snprintf(folder, sizeof folder, "%d", NEWSLETTERS);
  snprintf(html, sizeof html,
           "<html><body><h1>%s</h1><p>%%%%First Name%%%%, here is what is new.</p>"
           "<a href=\"https://www.example.com/%s/\">Read on</a></body></html>",
           demo_theme_subject(theme), demo_theme_campaign(theme));
  snprintf(text, sizeof text, "%s\r\n\r\nRead on: https://www.example.com/%s/\r\n",
           demo_theme_subject(theme), demo_theme_campaign(theme));
  const char *const pairs[] = {"ID",
                               id,
                               "CustomerKey",
                               key,
                               "Name",
                               demo_theme_name(theme),
                               "Subject",
                               demo_theme_subject(theme),
                               "HTMLBody",
                               html,
                               "TextBody",
                               text,
                               "CategoryID",
                               folder,
                               "IsActive",
                               "true",
                               "IsHTMLPaste",
                               "true",
                               "Status",
                               "New",
                               "EmailType",
                               "HTML",
                               "CharacterSet",
                               "UTF-8",
                               "HasDynamicSubjectLine",
                               "false",
                               "ContentCheckStatus",
                               "Not Checked",
                               NULL};
  struct node *tree = tree_of(pairs);
  if (!tree || !add_content(tree, "main", demo_theme_subject(theme)) ||
      !add_content(tree, "aside", "<p>%%First Name%%, see you soon.</p>")) {
    node_free(tree);
    return false;
  }
  return add(world, "Email", tree);
}

static bool add_definition(struct world *world, unsigned theme) {
  char id[16], guid[DEMO_GUID_SIZE], folder[16];
  snprintf(id, sizeof id, "%d", demo_email_id(theme));
  snprintf(folder, sizeof folder, "%d", INITIATED);
  demo_definition_id(theme, guid);
  const char *const pairs[] = {"ObjectID",
                               guid,
                               "CustomerKey",
                               demo_theme_campaign(theme),
                               "Name",
                               demo_theme_name(theme),
                               "Description",
                               "",
                               "CategoryID",
                               folder,
                               "SendClassification.CustomerKey",
                               "Default Commercial",
                               "SenderProfile.CustomerKey",
                               "Default",
                               "DeliveryProfile.CustomerKey",
                               "Default",
                               "Email.ID",
                               id,
                               "EmailSubject",
                               demo_theme_subject(theme),
                               "IsMultipart",
                               "true",
                               "IsWrapped",
                               "true",
                               "SuppressTracking",
                               "false",
                               "IsSendLogging",
                               "false",
                               "DeduplicateByEmail",
                               "false",
                               NULL};
  struct node *tree = tree_of(pairs);
  char list[16];
  snprintf(list, sizeof list, "%d", demo_list_id(theme));
  struct node *lists = tree ? node_new_after(tree, NULL, "SendDefinitionList") : NULL;
  if (!lists || !node_put(lists, "List.ID", list) ||
      !node_put(lists, "SendDefinitionListType", "SourceList") ||
      !node_put(lists, "Name", demo_list_name(demo_list_id(theme)))) {
    node_free(tree);
    return false;
  }
  return add(world, "EmailSendDefinition", tree);
}

static bool add_column(struct node *fields, const char *name, const char *type, const char *length,
                       bool key) {
  struct node *field = node_new(fields, "Field");
  return field && node_put(field, "Name", name) && node_put(field, "FieldType", type) &&
         (!length || node_put(field, "MaxLength", length)) &&
         node_put(field, "IsRequired", key ? "true" : "false") &&
         node_put(field, "IsPrimaryKey", key ? "true" : "false");
}

static bool add_customer(struct world *world, struct table *rows, uint32_t subscriber) {
  const struct demo *demo = &world->demo;
  char key[DEMO_KEY_SIZE], email[DEMO_KEY_SIZE], since[32], points[16];
  uint64_t hash = mix(demo->seed, subscriber, 0x5C);
  (void)demo_subscriber_key(demo, subscriber, key);
  (void)demo_subscriber_email(demo, subscriber, email);
  snprintf(since, sizeof since, "%u/%u/%u 12:00:00 AM", (unsigned)(hash % 12 + 1),
           (unsigned)(hash / 12 % 28 + 1), (unsigned)(2020 + hash / 400 % 6));
  snprintf(points, sizeof points, "%u", (unsigned)(hash / 3000 % 1000));
  const char *const pairs[] = {"SubscriberKey",
                               key,
                               "EmailAddress",
                               email,
                               "Since",
                               since,
                               "Points",
                               points,
                               "Club",
                               hash % 2 ? "True" : "False",
                               NULL};
  struct node *row = tree_of(pairs);
  return row && store_add(&world->store, rows, row, 0);
}

static bool add_send_log(struct world *world) {
  static const char *const columns[] = {"JobID", "ListID", "BatchID", "SubscriberID"};
  struct record *log = data_extension_find(&world->store, "SendLog");
  struct node *fields = log ? node_new(log->tree, "Fields") : NULL;
  bool done = fields != NULL;
  for (size_t i = 0; done && i < sizeof columns / sizeof *columns; i++)
    done = add_column(fields, columns[i], "Number", NULL, false);
  return done && add_column(fields, "TriggeredSendID", "Text", "36", false) &&
         add_column(fields, "ErrorCode", "Number", NULL, false);
}

static bool add_customers(struct world *world) {
  struct record *customers = data_extension_find(&world->store, "customers");
  struct node *fields = customers ? node_new(customers->tree, "Fields") : NULL;
  char name[DATA_EXTENSION_NAME_SIZE];
  data_extension_table(name, sizeof name, "customers");
  struct table *rows = store_make_table(&world->store, name);
  bool done = fields && rows && add_column(fields, "SubscriberKey", "Text", "254", true) &&
              add_column(fields, "EmailAddress", "EmailAddress", "254", false) &&
              add_column(fields, "Since", "Date", NULL, false) &&
              add_column(fields, "Points", "Number", NULL, false) &&
              add_column(fields, "Club", "Boolean", NULL, false);
  uint32_t count = world->demo.subscribers < CUSTOMERS ? world->demo.subscribers : CUSTOMERS;
  for (uint32_t i = 0; done && i < count; i++)
    done = add_customer(world, rows, i);
  return done;
}

bool account_fill(struct world *world) {
  bool done = add_lists(world);
  for (size_t i = 0; done && i < sizeof seeds / sizeof *seeds; i++)
    done = add(world, seeds[i].type, tree_of(seeds[i].pairs));
  for (unsigned theme = 0; done && theme < DEMO_THEMES; theme++)
    done = add_email(world, theme) && add_definition(world, theme);
  return done && add_customers(world) && add_send_log(world) && history_fill(world);
}
