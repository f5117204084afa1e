"""zeep through the scenario: zeep_client.py SCENARIO WSDL-URL text|digest. Prints JSON."""

import sys

import zeep
from zeep.helpers import serialize_object
from zeep.wsse.username import UsernameToken

import walk

ET = "{http://exacttarget.com/wsdl/partnerAPI}"


class Caller:
    def __init__(self, wsdl, user, password, digest):
        self.client = zeep.Client(wsdl, wsse=UsernameToken(user, password, use_digest=digest))

    def new(self, type_name, **members):
        return self.client.get_type(ET + type_name)(**members)

    def filter(self, part):
        if "left" in part:
            return self.new(
                "ComplexFilterPart",
                LeftOperand=self.filter(part["left"]),
                LogicalOperator=part["operator"],
                RightOperand=self.filter(part["right"]),
            )
        return self.new(
            "SimpleFilterPart",
            Property=part["property"],
            SimpleOperator=part["operator"],
            Value=part.get("values"),
            DateValue=part.get("dates"),
        )

    def retrieve(self, query):
        request = {"ObjectType": query["type"], "Properties": query["properties"]}
        if "batch" in query:
            request["Options"] = {"BatchSize": query["batch"]}
        more = {"Filter": self.filter(query["filter"])}
        pages = []
        while True:
            answer = self.client.service.Retrieve(RetrieveRequest={**request, **more})
            pages.append(serialize_object(answer.Results, dict))
            if answer.OverallStatus != "MoreDataAvailable":
                return {"status": answer.OverallStatus, "pages": pages}
            more = {"ContinueRequest": answer.RequestID}

    def create(self, what):
        objects = [self.new(what["type"], **members) for members in what["objects"]]
        return serialize_object(self.client.service.Create(Options={}, Objects=objects), dict)


def attempt(call, *arguments):
    """What a call answers, or the fault that it ends with."""
    try:
        return call(*arguments)
    except zeep.exceptions.Fault as fault:
        return {"fault": {"code": fault.code, "text": fault.message}}


def main(path, wsdl, kind):
    walk.main(f"zeep {zeep.__version__}, {kind}", path, attempt,
              lambda user, password: Caller(wsdl, user, password, kind == "digest"))


main(*sys.argv[1:])
