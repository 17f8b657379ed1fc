"""Teaching with the atlas: three sessions, the checks that answer students, student and solution editions.

A session's notebook makes one object, such as `paragraph.Lesson("UKR")`: it shows the material of a country and checks
answers. A check prints one sentence when the answer will do, and raises `Again` with one sentence when it will not.
"""
