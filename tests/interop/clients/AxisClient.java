// Axis 1.4 with the stubs that its WSDL2Java made of the served contract, through the scenario:
// AxisClient SCENARIO ENDPOINT. Prints JSON.
import java.beans.BeanInfo;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.FileReader;
import java.net.URL;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.apache.axis.AxisFault;
import org.apache.axis.description.FieldDesc;
import org.apache.axis.description.TypeDesc;
import org.apache.axis.message.SOAPHeaderElement;

import et.*;

public class AxisClient {
  static final String WSSE =
      "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
  // Its calendars go out in UTC, so a date of the service's clock has to be six hours later; what
  // comes without a zone it takes for UTC.
  static final TimeZone SERVICE = TimeZone.getTimeZone("GMT-06:00");
  static final TimeZone READ = TimeZone.getTimeZone("UTC");

  final SoapBindingStub stub;

  AxisClient(String endpoint, String password) throws Exception {
    stub = (SoapBindingStub) new PartnerAPILocator().getSoap(new URL(endpoint));
    SOAPHeaderElement security = new SOAPHeaderElement(WSSE, "Security");
    security.setActor(null);
    javax.xml.soap.SOAPElement token = security.addChildElement("UsernameToken");
    token.addChildElement("Username").addTextNode(System.getenv("INTEROP_USER"));
    token.addChildElement("Password").addTextNode(password);
    stub.setHeader(security);
  }

  static String[] texts(JsonElement array) {
    return array == null ? null : new Gson().fromJson(array, String[].class);
  }

  static FilterPart filter(JsonObject part) throws Exception {
    if (part.has("left")) {
      ComplexFilterPart complex = new ComplexFilterPart();
      complex.setLeftOperand(filter(part.getAsJsonObject("left")));
      complex.setLogicalOperator(LogicalOperators.fromString(part.get("operator").getAsString()));
      complex.setRightOperand(filter(part.getAsJsonObject("right")));
      return complex;
    }
    SimpleFilterPart simple = new SimpleFilterPart();
    simple.setProperty(part.get("property").getAsString());
    simple.setSimpleOperator(SimpleOperators.fromString(part.get("operator").getAsString()));
    simple.setValue(texts(part.get("values")));
    String[] dates = texts(part.get("dates"));
    if (dates != null) {
      Calendar[] calendars = new Calendar[dates.length];
      SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss");
      format.setTimeZone(SERVICE);
      for (int i = 0; i < dates.length; i++) {
        calendars[i] = Calendar.getInstance(SERVICE);
        calendars[i].setTime(format.parse(dates[i]));
      }
      simple.setDateValue(calendars);
    }
    return simple;
  }

  // What the contract's description of a class has, as JSON can say it.
  static Object plain(Object value) throws Exception {
    if (value == null || value instanceof Number || value instanceof Boolean
        || value instanceof String)
      return value;
    if (value instanceof Calendar) {
      SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");
      format.setTimeZone(READ);
      return format.format(((Calendar) value).getTime());
    }
    if (value instanceof Object[]) {
      List<Object> items = new ArrayList<>();
      for (Object item : (Object[]) value)
        items.add(plain(item));
      return items;
    }
    TypeDesc type = TypeDesc.getTypeDescForClass(value.getClass());
    if (type == null || type.getFields(true) == null)
      return value.toString(); // an enumeration
    Map<String, PropertyDescriptor> getters = new HashMap<>();
    BeanInfo bean = Introspector.getBeanInfo(value.getClass());
    for (PropertyDescriptor property : bean.getPropertyDescriptors())
      getters.put(property.getName().toLowerCase(), property);
    Map<String, Object> members = new LinkedHashMap<>();
    for (FieldDesc field : type.getFields(true)) {
      PropertyDescriptor getter = getters.get(field.getFieldName().toLowerCase());
      Object member = plain(getter.getReadMethod().invoke(value));
      if (member != null)
        members.put(field.getXmlName().getLocalPart(), member);
    }
    return members;
  }

  Object retrieve(JsonObject query) throws Exception {
    RetrieveRequest request = new RetrieveRequest();
    request.setObjectType(query.get("type").getAsString());
    request.setProperties(texts(query.get("properties")));
    if (query.has("batch")) {
      request.setOptions(new RetrieveOptions());
      request.getOptions().setBatchSize(query.get("batch").getAsInt());
    }
    request.setFilter(filter(query.getAsJsonObject("filter")));
    List<Object> pages = new ArrayList<>();
    while (true) {
      RetrieveResponseMsg answer = stub.retrieve(new RetrieveRequestMsg(request));
      pages.add(answer.getResults() == null ? new ArrayList<>() : plain(answer.getResults()));
      if (!answer.getOverallStatus().equals("MoreDataAvailable"))
        return Map.of("status", answer.getOverallStatus(), "pages", pages);
      request.setFilter(null);
      request.setContinueRequest(answer.getRequestID());
    }
  }

  Object create(JsonObject what) throws Exception {
    List<APIObject> objects = new ArrayList<>();
    for (JsonElement given : what.getAsJsonArray("objects")) {
      Subscriber subscriber = new Subscriber();
      subscriber.setEmailAddress(given.getAsJsonObject().get("EmailAddress").getAsString());
      subscriber.setSubscriberKey(given.getAsJsonObject().get("SubscriberKey").getAsString());
      objects.add(subscriber);
    }
    CreateRequest request = new CreateRequest();
    request.setOptions(new CreateOptions());
    request.setObjects(objects.toArray(new APIObject[0]));
    return plain(stub.create(request));
  }

  interface Call {
    Object run() throws Exception;
  }

  // What a call answers, or the fault that it ends with.
  static Object attempt(Call call) throws Exception {
    try {
      return call.run();
    } catch (AxisFault fault) {
      return Map.of("fault", Map.of("code", fault.getFaultCode().getLocalPart(), "text",
          fault.getFaultString()));
    }
  }

  public static void main(String[] arguments) throws Exception {
    JsonObject scenario = JsonParser.parseReader(new FileReader(arguments[0])).getAsJsonObject();
    AxisClient client = new AxisClient(arguments[1], System.getenv("INTEROP_PASSWORD"));
    AxisClient stranger = new AxisClient(arguments[1],
        scenario.get("wrong_password").getAsString());
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("client", "Axis 1.4");
    for (String step : new String[] {"send", "window", "nested"})
      seen.put(step, attempt(() -> client.retrieve(scenario.getAsJsonObject(step))));
    seen.put("create", attempt(() -> client.create(scenario.getAsJsonObject("create"))));
    seen.put("refused", attempt(() -> stranger.retrieve(scenario.getAsJsonObject("send"))));
    System.out.println(new GsonBuilder().disableHtmlEscaping().create().toJson(seen));
  }
}
