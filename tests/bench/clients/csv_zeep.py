"""All SentEvents of a send as CSV, by zeep: csv_zeep.py WSDL-URL JOBID PROPERTY..."""

import csv
import os
import sys

import zeep
from zeep.wsse.username import UsernameToken

ET = "{http://exacttarget.com/wsdl/partnerAPI}"


def main(wsdl, job, *properties):
    token = UsernameToken(os.environ["ETSOAP_USERNAME"], os.environ["ETSOAP_PASSWORD"])
    client = zeep.Client(wsdl, wsse=token)
    part = client.get_type(ET + "SimpleFilterPart")
    more = {"Filter": part(Property="SendID", SimpleOperator="equals", Value=[job])}
    out = csv.writer(sys.stdout)
    out.writerow(properties)
    while more:
        answer = client.service.Retrieve(RetrieveRequest={
            "ObjectType": "SentEvent", "Properties": list(properties), **more})
        for row in answer.Results:
            out.writerow([getattr(row, name) for name in properties])
        more = {"ContinueRequest": answer.RequestID}
        if answer.OverallStatus != "MoreDataAvailable":
            more = None


main(*sys.argv[1:])
