from io import BytesIO
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.publish.groups import write_rows
from flows.publish.problems import WrongRows
from transforms.publish.merge import conform, in_row_groups, merge, owner_names, sort_rows, without
from transforms.tables import SENTENCES, TABLES

KEY = SENTENCES.key
KEYS = st.tuples(
    st.sampled_from(["a", "b", "é", "z", "\U0001f600", "￮"]), st.sampled_from(["1", "2"]), st.integers(0, 40)
)


def sentences(keys):
    rows = [
        {
            "article_id": one,
            "version": two,
            "start": start,
            "end": start + 2,
            "text": "ab",
            "kind": "sentence",
            "paragraph": 0,
        }
        for one, two, start in keys
    ]
    return pa.Table.from_pylist(rows, schema=SENTENCES.schema)


def parquet(stream):
    sink = BytesIO()
    assert write_rows(SENTENCES, stream, sink, even_if_none=True)
    return sink.getvalue()


def pieces(rows, cuts):
    edges = sorted({0, len(rows), *(cut % (len(rows) + 1) for cut in cuts)})
    return [rows.slice(start, end - start) for start, end in pairwise(edges)]


@settings(deadline=None, max_examples=60)
@given(keys=st.sets(KEYS, max_size=60), data=st.data())
def test_rows_give_the_same_bytes_in_whatever_shards_and_order_they_come(keys, data):
    at_once = parquet([sort_rows(sentences(keys), KEY)])
    arrived = data.draw(st.permutations(sorted(keys)))
    count = data.draw(st.integers(1, 5))
    shards = [sort_rows(sentences(arrived[number::count]), KEY) for number in range(count)]
    cuts = data.draw(st.lists(st.integers(0, 60), max_size=4))
    portion = data.draw(st.integers(1, 20))
    assert parquet(merge([pieces(shard, cuts) for shard in shards], KEY, portion)) == at_once


@settings(deadline=None, max_examples=40)
@given(keys=st.sets(KEYS, max_size=40), cuts=st.lists(st.integers(0, 60), max_size=5), size=st.integers(1, 7))
def test_row_groups_do_not_depend_on_the_portions_that_came(keys, cuts, size):
    rows = sort_rows(sentences(keys), KEY)
    groups = list(in_row_groups(pieces(rows, cuts), size))
    assert [len(group) for group in groups[:-1]] == [size] * (len(groups) - 1)
    assert pa.concat_tables([SENTENCES.schema.empty_table(), *groups]).equals(rows)


def test_a_long_stream_is_handed_on_before_it_has_been_read():
    read = []

    def stream():
        for number in range(100):
            read.append(number)
            yield sentences([(f"{number:03d}", "1", 0)])

    first = next(merge([stream(), stream()], KEY, at_once=1))
    assert len(first) == 2
    assert len(read) < 10


def test_rows_of_dropped_owners_leave():
    rows = sentences([("a", "1", 0), ("a", "2", 0), ("b", "1", 0)])
    left = without(rows, owner_names(rows, SENTENCES.owner), pa.array(["a\x1f2", "b\x1f2"]))
    assert list(zip(left["article_id"].to_pylist(), left["version"].to_pylist(), strict=True)) == [
        ("a", "1"),
        ("b", "1"),
    ]


def test_a_key_that_comes_twice_is_our_mistake():
    with pytest.raises(WrongRows, match="repeat the key"):
        parquet(merge([[sentences([("a", "1", 0)])], [sentences([("a", "1", 0)])]], KEY))


def test_a_column_that_an_older_schema_lacks_is_null():
    old = sentences([("a", "1", 0)]).drop_columns(["paragraph"])
    assert conform(SENTENCES, old).schema.names == SENTENCES.schema.names
    assert conform(SENTENCES, old)["paragraph"].to_pylist() == [None]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_without_rows_can_be_written(table):
    sink = BytesIO()
    assert write_rows(table, [], sink, even_if_none=True)
    assert not write_rows(table, [], BytesIO(), even_if_none=False)
    assert pa.parquet.read_table(BytesIO(sink.getvalue())).schema.equals(table.schema, check_metadata=False)
