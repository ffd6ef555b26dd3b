"""The AWS Encryption SDK for Python with a raw AES master key: one JSON object a line in, one out."""

import json
import sys

import aws_encryption_sdk
from aws_encryption_sdk.identifiers import Algorithm, CommitmentPolicy, EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKey

client = aws_encryption_sdk.EncryptionSDKClient(commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT)


def answer(case):
    key = RawMasterKey(
        provider_id=case.get("namespace", "phial"),
        key_id=case["name"].encode("utf-8"),
        wrapping_key=WrappingKey(
            wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
            wrapping_key=bytes.fromhex(case["key"]),
            wrapping_key_type=EncryptionKeyType.SYMMETRIC,
        ),
    )
    data = bytes.fromhex(case["data"])
    if case["do"] == "encrypt":
        made, _ = client.encrypt(
            source=data,
            key_provider=key,
            encryption_context=case["context"],
            algorithm=Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
            frame_length=case["frame_length"],
        )
        return made.hex()
    opened, header = client.decrypt(source=data, key_provider=key)
    if header.encryption_context != case["context"]:
        raise ValueError("other context")
    return opened.hex()


for line in sys.stdin:
    try:
        print(json.dumps({"result": answer(json.loads(line))}))
    except Exception:  # whatever the SDK raises is a refusal
        print(json.dumps({"refused": True}))
    sys.stdout.flush()
