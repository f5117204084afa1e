"""suds through the scenario: suds_client.py SCENARIO WSDL-URL. Prints JSON."""

import sys

import suds
import suds.client
import suds.sudsobject
import suds.wsse

import walk

ET = "{http://exacttarget.com/wsdl/partnerAPI}"


def plain(value):
    """What suds decoded, as JSON can say it."""
    if isinstance(value, suds.sudsobject.Object):
        return {name: plain(item) for name, item in suds.sudsobject.asdict(value).items()
                if not name.startswith("_")}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value


class Caller:
    def __init__(self, wsdl, user, password):
        security = suds.wsse.Security()
        security.tokens.append(suds.wsse.UsernameToken(user, password))
        self.client = suds.client.Client(wsdl, wsse=security, cache=None)

    def new(self, type_name, **members):
        made = self.client.factory.create(ET + type_name)
        for name, _ in list(made):
            setattr(made, name, None)  # suds sends empty elements for what it made by itself
        for name, value in members.items():
            setattr(made, name, value)
        return made

    def filter(self, part):
        if "left" in part:
            return self.new("ComplexFilterPart", LeftOperand=self.filter(part["left"]),
                            LogicalOperator=part["operator"],
                            RightOperand=self.filter(part["right"]))
        return self.new("SimpleFilterPart", Property=part["property"],
                        SimpleOperator=part["operator"], Value=part.get("values", []),
                        DateValue=part.get("dates", []))

    def retrieve(self, query):
        more = {"Filter": self.filter(query["filter"])}
        if "batch" in query:
            more["Options"] = self.new("RetrieveOptions", BatchSize=query["batch"])
        pages = []
        while True:
            answer = self.client.service.Retrieve(self.new(
                "RetrieveRequest", ObjectType=query["type"], Properties=query["properties"],
                **more))
            pages.append(plain(getattr(answer, "Results", [])))
            if answer.OverallStatus != "MoreDataAvailable":
                return {"status": str(answer.OverallStatus), "pages": pages}
            more.pop("Filter", None)
            more["ContinueRequest"] = answer.RequestID

    def create(self, what):
        objects = [self.new(what["type"], **members) for members in what["objects"]]
        return plain(self.client.service.Create(self.new("CreateOptions"), objects))


def attempt(call, *arguments):
    """What a call answers, or the fault that it ends with."""
    try:
        return call(*arguments)
    except suds.WebFault as error:
        return {"fault": {"code": str(error.fault.faultcode),
                          "text": str(error.fault.faultstring)}}


def main(path, wsdl):
    walk.main(f"suds {suds.__version__}", path, attempt,
              lambda user, password: Caller(wsdl, user, password))


main(*sys.argv[1:])
