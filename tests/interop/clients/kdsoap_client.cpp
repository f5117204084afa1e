// KDSoap through the scenario: kdsoap_client SCENARIO ENDPOINT. Prints JSON. Elements are given by
// hand: an object of the classes that its kdwsdl2cpp makes of the contract holds another of its own
// class, by Owner and AccountUser, without end.
#include <iostream>

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <KDSoapClient/KDSoapAuthentication.h>
#include <KDSoapClient/KDSoapClientInterface.h>

static const QString ET = "http://exacttarget.com/wsdl/partnerAPI";

static KDSoapValue element(const QString &name, const QVariant &text) {
  KDSoapValue value(name, text);
  value.setNamespaceUri(ET);
  value.setQualified(true);
  return value;
}

// Elements in an element; a type is what xsi:type says.
static KDSoapValue group(const QString &name, const QList<KDSoapValue> &elements,
                         const QString &type = QString()) {
  KDSoapValueList list;
  list.append(elements);
  KDSoapValue value(name, list);
  value.setNamespaceUri(ET);
  value.setQualified(true);
  if (!type.isEmpty())
    value.setType(ET, type);
  return value;
}

static void add_all(QList<KDSoapValue> &into, const QString &name, const QJsonValue &texts) {
  for (const QJsonValue &text : texts.toArray())
    into.append(element(name, text.toString()));
}

static KDSoapValue filter(const QString &name, const QJsonObject &part) {
  QList<KDSoapValue> parts;
  if (part.contains("left")) {
    parts.append(filter("LeftOperand", part["left"].toObject()));
    parts.append(element("LogicalOperator", part["operator"].toString()));
    parts.append(filter("RightOperand", part["right"].toObject()));
    return group(name, parts, "ComplexFilterPart");
  }
  parts.append(element("Property", part["property"].toString()));
  parts.append(element("SimpleOperator", part["operator"].toString()));
  add_all(parts, "Value", part["values"]);
  add_all(parts, "DateValue", part["dates"]);
  return group(name, parts, "SimpleFilterPart");
}

// An element with others in it as an object, any other as its text.
static QJsonValue plain(const KDSoapValue &value) {
  if (value.childValues().isEmpty())
    return value.value().toString();
  QJsonObject members;
  for (const KDSoapValue &child : value.childValues()) {
    QJsonValue member = plain(child);
    if (members.contains(child.name())) {
      const QJsonValue there = members[child.name()];
      QJsonArray items = there.isArray() ? there.toArray() : QJsonArray{there};
      items.append(member);
      member = items;
    }
    members[child.name()] = member;
  }
  return members;
}

static QString text_of(const KDSoapMessage &answer, const QString &name) {
  return answer.childValues().child(name).value().toString();
}

static QJsonObject fault(const KDSoapMessage &answer) {
  return {{"fault", QJsonObject{{"code", text_of(answer, "faultcode")},
                                {"text", text_of(answer, "faultstring")}}}};
}

static QList<KDSoapValue> results(const KDSoapMessage &answer) {
  QList<KDSoapValue> found;
  for (const KDSoapValue &child : answer.childValues())
    if (child.name() == "Results")
      found.append(child);
  return found;
}

class Caller {
public:
  Caller(const QString &endpoint, const QString &password) : service(endpoint, ET) {
    KDSoapAuthentication authentication;
    authentication.setUser(qEnvironmentVariable("INTEROP_USER"));
    authentication.setPassword(password);
    authentication.setUseWSUsernameToken(true);
    service.setAuthentication(authentication);
    service.setStyle(KDSoapClientInterface::DocumentStyle);
  }

  QJsonObject retrieve(const QJsonObject &query) {
    QList<KDSoapValue> request;
    request.append(element("ObjectType", query["type"].toString()));
    add_all(request, "Properties", query["properties"]);
    if (query.contains("batch"))
      request.append(group("Options", {element("BatchSize", query["batch"].toInt())}));
    KDSoapValue more = filter("Filter", query["filter"].toObject());
    for (QJsonArray pages;;) {
      QList<KDSoapValue> whole = request;
      whole.append(more);
      const KDSoapMessage answer =
          call("Retrieve", "RetrieveRequestMsg", {group("RetrieveRequest", whole)});
      if (answer.isFault())
        return fault(answer);
      QJsonArray rows;
      for (const KDSoapValue &result : results(answer))
        rows.append(plain(result));
      pages.append(rows);
      const QString status = text_of(answer, "OverallStatus");
      if (status != "MoreDataAvailable")
        return {{"status", status}, {"pages", pages}};
      more = element("ContinueRequest", text_of(answer, "RequestID"));
    }
  }

  QJsonObject create(const QJsonObject &what) {
    QList<KDSoapValue> request;
    request.append(group("Options", {}));
    for (const QJsonValue &given : what["objects"].toArray()) {
      QList<KDSoapValue> members;
      for (const char *name : {"EmailAddress", "SubscriberKey"})
        members.append(element(name, given[name].toString()));
      request.append(group("Objects", members, what["type"].toString()));
    }
    const KDSoapMessage answer = call("Create", "CreateRequest", request);
    if (answer.isFault())
      return fault(answer);
    QJsonArray items;
    for (const KDSoapValue &result : results(answer)) {
      QJsonObject item = plain(result).toObject();
      for (const char *name : {"OrdinalID", "ErrorCode", "NewID"})
        item[name] = item[name].toString().toInt();
      items.append(item);
    }
    return {{"OverallStatus", text_of(answer, "OverallStatus")}, {"Results", items}};
  }

private:
  KDSoapClientInterface service;

  KDSoapMessage call(const QString &action, const QString &name,
                     const QList<KDSoapValue> &elements) {
    KDSoapMessage message;
    message = group(name, elements);
    message.setUse(KDSoapMessage::EncodedUse); // or no xsi:type would be said
    return service.call(name, message, action);
  }
};

int main(int count, char **arguments) {
  QCoreApplication application(count, arguments);
  QFile file(arguments[1]);
  if (!file.open(QIODevice::ReadOnly))
    return 1;
  const QJsonObject scenario = QJsonDocument::fromJson(file.readAll()).object();
  Caller caller(arguments[2], qEnvironmentVariable("INTEROP_PASSWORD"));
  Caller stranger(arguments[2], scenario["wrong_password"].toString());
  QJsonObject seen{{"client", "KDSoap"}};
  for (const char *step : {"send", "window", "nested"})
    seen[step] = caller.retrieve(scenario[step].toObject());
  seen["create"] = caller.create(scenario["create"].toObject());
  seen["refused"] = stranger.retrieve(scenario["send"].toObject());
  std::cout << QJsonDocument(seen).toJson(QJsonDocument::Compact).constData();
  return 0;
}
