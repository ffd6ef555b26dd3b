"""Answers cases, one JSON object a line on standard input, one on standard output."""

import json
import sys

import phial_format as phial

FORMS = {"VALUE": phial.VALUE, "RECORD": phial.RECORD, "STREAM": phial.STREAM}


def answer(case):
    key, caller = bytes.fromhex(case["key"]), case["caller"]
    if case["do"] == "tokenize" or case["do"] == "detokenize":
        back = case["do"] == "detokenize"
        return phial.digits_token(key, case["tenant"], case["element"], caller, case["text"], back)
    if case["do"] == "digest":
        return phial.digest(key, case["tenant"], case["element"], bytes.fromhex(case["data"]))
    form, who = FORMS[case["form"]], (key, int(case["keyset"], 16), case["version"])
    canonical = phial.context(form, case["tenant"], case["element"], caller)
    data = bytes.fromhex(case["data"])
    if case["do"] == "open":
        if form == phial.STREAM:
            return phial.open_stream(*who, canonical, data).hex()
        plain = phial.open_message(form, *who, canonical, data)
        # Fields are taken apart and put together again, so that both directions are seen.
        return (phial.fields_to_body(phial.body_to_fields(plain)) if form == phial.RECORD else plain).hex()
    if form == phial.STREAM:
        return phial.seal_stream(*who, canonical, data, case["frame_size"]).hex()
    if form == phial.RECORD:
        data = phial.fields_to_body(phial.body_to_fields(data))
    return phial.seal_message(form, *who, canonical, data).hex()


for line in sys.stdin:
    try:
        print(json.dumps({"result": answer(json.loads(line))}))
    except phial.Refused:
        print(json.dumps({"refused": True}))
    sys.stdout.flush()
