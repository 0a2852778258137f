"""What an expert writes by hand for the mapping of the benchmark: a Python function and DuckDB SQL."""

import re
from typing import Any

MOST = 9_223_372_036_854_775_807
LARGEST = 1.7976931348623157e308
WHOLE = re.compile(r"[+-]?[0-9]+(\.0+)?")
NO_TEXT, NO_INTEGER, NO_FLOAT, NO_BOOLEAN = (
    "the source value is not a text",
    "the source value is not an integer",
    "the source value is not a number",
    "the source value is not a boolean",
)


class RejectedError(Exception):
    """A record cannot be mapped."""


def map_order(order: dict[str, Any]) -> dict[str, Any]:  # noqa: C901, PLR0912, PLR0915  # straight-line code is quick
    get = order.get
    rejects: list[tuple[str, str]] = []
    id_ = get("id")
    if type(id_) is not int or not -MOST <= id_ <= MOST:
        rejects.append(("id", NO_INTEGER if id_ is not None else "is required, but there is no value"))
    number = get("number")
    whole = None
    if type(number) is str:
        if WHOLE.fullmatch(number) and -MOST <= (whole := int(number.partition(".")[0])) <= MOST:
            pass
        else:
            rejects.append(("number", "TO_INT: is not a whole number of 64 bits"))
    elif number is not None:
        rejects.append(("number", NO_TEXT))
    first, last = get("first"), get("last")
    name = ""
    if (type(first) is str or first is None) and (type(last) is str or last is None):
        name = " ".join([each for each in (first, last) if each is not None])
    else:
        rejects.append(("name", NO_TEXT))
    email = get("email")
    if type(email) is str:
        email = email.lower()
    elif email is not None:
        rejects.append(("email", NO_TEXT))
    city = get("city")
    if type(city) is str:
        city = city.upper()
    elif city is not None:
        rejects.append(("city", NO_TEXT))
    zip_ = get("zip")
    if type(zip_) is str:
        zip_ = zip_[:2]
    elif zip_ is not None:
        rejects.append(("zip", NO_TEXT))
    status = get("status")
    if status is None:
        status = "new"
    elif type(status) is not str:
        rejects.append(("status", NO_TEXT))
    note = get("note")
    if type(note) is not str and note is not None:
        rejects.append(("note", NO_TEXT))
    phone = get("phone")
    if type(phone) is str:
        phone = phone.replace("-", "")
    elif phone is not None:
        rejects.append(("phone", NO_TEXT))
    quantity: Any = get("quantity")
    is_counted = type(quantity) is int and -MOST <= quantity <= MOST
    if not is_counted and quantity is not None:
        rejects.append(("quantity", NO_INTEGER))
    stock = get("stock")
    left = None
    if type(stock) is int and -MOST <= stock <= MOST:
        if is_counted:
            left = stock - quantity
            if not -MOST <= left <= MOST:
                rejects.append(("stock", "SUBTRACT: has a result that is too large"))
        elif quantity is not None:
            rejects.append(("stock", NO_INTEGER))
    elif stock is not None:
        rejects.append(("stock", NO_INTEGER))
    price = get("price")
    total = None
    if type(price) is float and -LARGEST <= price <= LARGEST:
        if is_counted:
            total = price * quantity
            if not -LARGEST <= total <= LARGEST:
                rejects.append(("total", "MULTIPLY: has a result that is too large"))
        elif quantity is not None:
            rejects.append(("total", NO_INTEGER))
    elif price is not None:
        rejects.append(("total", NO_FLOAT))
    discount = get("discount")
    if not (type(discount) is float and -LARGEST <= discount <= LARGEST) and discount is not None:
        rejects.append(("discount", NO_FLOAT))
    weight = get("weight")
    if not (type(weight) is float and -LARGEST <= weight <= LARGEST) and weight is not None:
        rejects.append(("weight", NO_FLOAT))
    vip = get("vip")
    if vip is not True and vip is not False and vip is not None:
        rejects.append(("vip", NO_BOOLEAN))
        rejects.append(("level", NO_BOOLEAN))
    paid = get("paid")
    if paid is not True and paid is not False and paid is not None:
        rejects.append(("paid", NO_BOOLEAN))
    channel = get("channel")
    if type(channel) is not str and channel is not None:
        rejects.append(("channel", NO_TEXT))
    currency = get("currency")
    if type(currency) is not str and currency is not None:
        rejects.append(("currency", NO_TEXT))
    score = get("score")
    if not (type(score) is int and -MOST <= score <= MOST) and score is not None:
        rejects.append(("score", NO_INTEGER))
    if rejects:
        raise RejectedError(rejects)
    return {
        "id": id_,
        "number": whole,
        "name": name,
        "email": email,
        "city": city,
        "zip": zip_,
        "status": status,
        "note": note,
        "phone": phone,
        "quantity": quantity,
        "stock": left,
        "total": total,
        "discount": discount,
        "weight": weight,
        "vip": vip,
        "paid": paid,
        "channel": channel,
        "currency": currency,
        "score": score,
        "level": "gold" if vip else "plain",
    }


QUERY = r"""
WITH made AS (
  SELECT
    id,
    CASE WHEN regexp_full_match("number", '[+-]?[0-9]+([.]0+)?')
      THEN try_cast(split_part("number", '.', 1) AS BIGINT) END AS whole,
    concat_ws(' ', "first", "last") AS name,
    lower(email) AS email,
    upper(city) AS city,
    substr(zip, 1, 2) AS zip,
    coalesce(status, 'new') AS status,
    note,
    replace(phone, '-', '') AS phone,
    quantity,
    try(stock - quantity) AS "left",
    price * quantity AS total,
    discount, weight, vip, paid, channel, currency, score,
    CASE WHEN vip THEN 'gold' ELSE 'plain' END AS level,
    "number", stock, price
  FROM orders
), judged AS (
  SELECT *, list_filter([
    CASE WHEN id IS NULL THEN {'path': 'id', 'reason': 'is required, but there is no value'} END,
    CASE WHEN "number" IS NOT NULL AND whole IS NULL
      THEN {'path': 'number', 'reason': 'TO_INT: is not a whole number of 64 bits'} END,
    CASE WHEN stock IS NOT NULL AND quantity IS NOT NULL AND "left" IS NULL
      THEN {'path': 'stock', 'reason': 'SUBTRACT: has a result that is too large'} END,
    CASE WHEN NOT isfinite(total) THEN {'path': 'total', 'reason': 'MULTIPLY: has a result that is too large'} END
  ], lambda each: each IS NOT NULL) AS found
  FROM made
)
SELECT
  id, whole AS "number", name, email, city, zip, status, note, phone, quantity, "left" AS stock, total,
  discount, weight, vip, paid, channel, currency, score, level,
  CASE WHEN len(found) > 0 THEN found END AS _rejects
FROM judged
"""
