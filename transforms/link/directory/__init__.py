"""The entities known before a story is read: bodies, people and laws of the world's news, and the user's own.

In: a name as a story writes it. Out: the `Known` entities that bear it. The facts are `all_languages/**/*.csv`.
"""

from transforms.link.directory.directory import Directory
from transforms.link.directory.known import Known, entity_id_of, label_of
from transforms.link.directory.own import OwnEntity, identify
from transforms.link.directory.packaged import packaged_directory

__all__ = ["Directory", "Known", "OwnEntity", "entity_id_of", "identify", "label_of", "packaged_directory"]
