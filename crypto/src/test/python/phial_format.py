"""A second reader and writer of docs/format.md, written from that page alone. For tests: it takes no care of keys in memory."""

import base64
import hashlib
import hmac
import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VALUE, RECORD, STREAM = 1, 2, 3
SUITES = {VALUE: 1, RECORD: 1, STREAM: 2}
DOMAINS = {VALUE: b"phial context 1\0", RECORD: b"phial context 2\0R", STREAM: b"phial context 2\0S"}
FRAME_SIZES = (16384, 32768, 65536, 262144)
HEADER = 73
TAG = 16


class Refused(Exception):
    """It is not what it should be. One reason for all cases."""


def context(form, tenant, element, caller):
    def text(value):
        raw = value.encode("utf-8")
        return struct.pack(">I", len(raw)) + raw

    entries = sorted(caller.items(), key=lambda entry: entry[0].encode("utf-8"))
    joined = b"".join(text(name) + text(value) for name, value in entries)
    return DOMAINS[form] + text(tenant) + text(element) + struct.pack(">I", len(entries)) + joined


def _xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def derive(key, nonce):
    """The message key and the commitment."""
    aes = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
    l = int.from_bytes(aes.update(bytes(16)), "big")
    k1 = ((l << 1) & ((1 << 128) - 1)) ^ (0x87 if l >> 127 else 0)
    k1 = k1.to_bytes(16, "big")

    def block(counter, label):
        return aes.update(_xor(bytes([0, counter]) + label + b"\0" + nonce[:12], k1))

    return block(1, b"X") + block(2, b"X"), block(1, b"C") + block(2, b"C")


def _header(form, key, keyset, version, nonce):
    message_key, commitment = derive(key, nonce)
    start = b"PHL" + bytes([form, SUITES[form]]) + struct.pack(">Qi", keyset, version)
    return message_key, start + nonce + commitment


def _begin(form, key, keyset, version, data):
    """Checks the outer form, the key id and the commitment; gives message key and nonce."""
    if len(data) < HEADER or data[:5] != b"PHL" + bytes([form, SUITES[form]]):
        raise Refused()
    if struct.unpack(">Qi", data[5:17]) != (keyset, version) or version < 1:
        raise Refused()
    nonce = data[17:41]
    message_key, commitment = derive(key, nonce)
    if not hmac.compare_digest(commitment, data[41:73]):
        raise Refused()
    return message_key, nonce


def _decrypt(message_key, iv, sealed, associated):
    if len(sealed) < TAG:
        raise Refused()
    try:
        return AESGCM(message_key).decrypt(iv, sealed, associated)
    except InvalidTag:
        raise Refused() from None


def seal_message(form, key, keyset, version, canonical, plaintext, nonce=None):
    nonce = nonce or os.urandom(24)
    message_key, header = _header(form, key, keyset, version, nonce)
    return header + AESGCM(message_key).encrypt(nonce[12:], plaintext, header + canonical)


def open_message(form, key, keyset, version, canonical, data):
    message_key, nonce = _begin(form, key, keyset, version, data)
    return _decrypt(message_key, nonce[12:], data[HEADER:], data[:HEADER] + canonical)


def fields_to_body(fields):
    names = sorted(name.encode("ascii") for name in fields)
    body = struct.pack(">H", len(names))
    for name in names:
        value = fields[name.decode("ascii")]
        body += bytes([len(name)]) + name + struct.pack(">I", len(value)) + value
    return body


def body_to_fields(body):
    fields, at, previous = {}, 2, b""
    count = int.from_bytes(body[:2], "big")
    if len(body) < 2 or not 1 <= count <= 4096:
        raise Refused()
    for _ in range(count):
        length = body[at] if at < len(body) else 0
        name = body[at + 1 : at + 1 + length]
        at += 1 + length
        if not name or len(name) != length or name <= previous or any(not 0x21 <= b <= 0x7E for b in name):
            raise Refused()
        if at + 4 > len(body):
            raise Refused()
        size = int.from_bytes(body[at : at + 4], "big")
        at += 4
        if at + size > len(body):
            raise Refused()
        fields[name.decode("ascii")] = body[at : at + size]
        at += size
        previous = name
    if at != len(body):
        raise Refused()
    return fields


def _frame_iv(nonce, number, last):
    return _xor(nonce[12:], bytes(7) + struct.pack(">I", number) + (b"\1" if last else b"\0"))


def seal_stream(key, keyset, version, canonical, plaintext, frame_size, nonce=None):
    nonce = nonce or os.urandom(24)
    message_key, start = _header(STREAM, key, keyset, version, nonce)
    header = start + struct.pack(">I", frame_size)
    gcm, frames = AESGCM(message_key), max(1, -(-len(plaintext) // frame_size))
    out = [header]
    for i in range(frames):
        part = plaintext[i * frame_size : (i + 1) * frame_size]
        out.append(gcm.encrypt(_frame_iv(nonce, i, i == frames - 1), part, header + canonical))
    return b"".join(out)


def open_stream(key, keyset, version, canonical, data):
    message_key, nonce = _begin(STREAM, key, keyset, version, data)
    header, body = data[:77], data[77:]
    frame_size = int.from_bytes(header[73:], "big")
    if len(header) < 77 or frame_size not in FRAME_SIZES:
        raise Refused()
    sealed, out = frame_size + TAG, []
    frames = max(1, -(-len(body) // sealed))
    for i in range(frames):
        part = body[i * sealed : (i + 1) * sealed]
        out.append(_decrypt(message_key, _frame_iv(nonce, i, i == frames - 1), part, header + canonical))
    if frames > 1 and not out[-1]:
        raise Refused()
    return b"".join(out)


def to_text(data):
    return "phial:v1:" + base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_text(text):
    if not text.startswith("phial:v1:"):
        raise Refused()
    body = text[9:]
    data = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    if to_text(data) != text:
        raise Refused()
    return data


def subkey(key, label, tenant, element):
    fixed = label.encode("ascii") + b"\0" + context(VALUE, tenant, element, {}) + struct.pack(">I", 256)
    return hmac.new(key, struct.pack(">I", 1) + fixed, hashlib.sha256).digest()


def digest(key, tenant, element, value):
    made = hmac.new(subkey(key, "phial index 1", tenant, element), value, hashlib.sha256).digest()
    return "ix1:" + base64.urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


def ff1(key, tweak, radix, numerals, decrypt=False):
    """FF1 of SP 800-38G, algorithms 7 and 8."""
    n, u = len(numerals), len(numerals) // 2
    v = n - u
    b = ((radix**v - 1).bit_length() + 7) // 8
    d = 4 * ((b + 3) // 4) + 4
    p = bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([10, u % 256]) + struct.pack(">II", n, len(tweak))
    aes = Cipher(algorithms.AES(key), modes.ECB()).encryptor()

    def num(digits):
        value = 0
        for digit in digits:
            value = value * radix + digit
        return value

    def string(value, length):
        digits = []
        for _ in range(length):
            value, digit = divmod(value, radix)
            digits.append(digit)
        return digits[::-1]

    def f(i, half):
        q = tweak + bytes((-len(tweak) - b - 1) % 16) + bytes([i]) + num(half).to_bytes(b, "big")
        r = bytes(16)
        for at in range(0, len(p + q), 16):
            r = aes.update(_xor(r, (p + q)[at : at + 16]))
        s, j = r, 1
        while len(s) < d:
            s += aes.update(_xor(r, j.to_bytes(16, "big")))
            j += 1
        return int.from_bytes(s[:d], "big")

    left, right = list(numerals[:u]), list(numerals[u:])
    for i in range(9, -1, -1) if decrypt else range(10):
        m = u if i % 2 == 0 else v
        if decrypt:
            left, right = string((num(right) - f(i, left)) % radix**m, m), left
        else:
            left, right = right, string((num(left) + f(i, right)) % radix**m, m)
    return left + right


def digits_token(key, tenant, element, caller, text, decrypt=False):
    """A token of the format digits, without a mark."""
    tweak_key = subkey(key, "phial token tweak 1", tenant, element)
    tweak = hmac.new(tweak_key, context(VALUE, tenant, element, caller), hashlib.sha256).digest()[:16]
    numerals = [int(c) for c in text]
    made = ff1(subkey(key, "phial token plain 1", tenant, element), tweak, 10, numerals, decrypt)
    return "".join(str(d) for d in made)
