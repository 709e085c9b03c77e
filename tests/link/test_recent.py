from concurrent.futures import ThreadPoolExecutor

from transforms.link.recent import Recent


def test_what_was_found_is_found_again() -> None:
    asked: list[str] = []

    def find(name: str) -> tuple[str, ...]:
        asked.append(name)
        return tuple(name)

    letters = Recent(find, most=10)
    assert [letters("Iowa"), letters("Iowa"), letters(""), letters("")] == [tuple("Iowa")] * 2 + [()] * 2
    assert asked == ["Iowa", ""]


def test_it_holds_no_more_than_twice_the_most_whatever_is_asked() -> None:
    many = Recent(lambda name: (name,) * 9, most=100)
    for number in range(1_000):
        many(str(number))
        assert len(many) <= 200
    assert len(many) >= 100


def test_a_name_that_is_asked_for_again_and_again_stays() -> None:
    asked: list[str] = []
    names = Recent(lambda name: asked.append(name) or (name,), most=20)
    for number in range(500):
        names("Hama")
        names(str(number))
    assert asked.count("Hama") == 1


def test_an_answer_larger_than_the_most_is_given() -> None:
    assert len(Recent(tuple, most=3)("Constantinople")) == 14


def test_threads_may_share_it() -> None:
    letters = Recent(tuple, most=50)
    names = [str(number % 90) for number in range(5_000)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(letters, names)) == list(map(tuple, names))
