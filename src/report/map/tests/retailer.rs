//! An invented retailer, two customers, thirty-six touchpoints: ten thousand customers drawn once.

/// Label, lane, stage, customers, failing, felt, hot rank (0: none), goal.
type Row = (&'static str, usize, usize, f64, f64, f64, usize, bool);

/// The touchpoints.
#[rustfmt::skip]
pub(super) const POINTS: &[Row] = &[
    ("Vidéo sponsorisée", 0, 0, 2696.0, 1191.0, 0.3, 0, false),
    ("Bannière", 0, 0, 1937.0, 1466.0, -1.3, 0, false),
    ("Publication d’un ami", 1, 0, 1202.0, 478.0, 2.5, 0, false),
    ("Newsletter", 3, 0, 1321.0, 699.0, 0.5, 0, false),
    ("Vitrine", 5, 0, 1727.0, 946.0, 2.0, 4, false),
    ("Catalogue", 6, 0, 1117.0, 653.0, 1.5, 0, false),
    ("Annonce de recherche", 0, 1, 444.0, 139.0, 0.3, 0, false),
    ("Comparatif vidéo", 1, 1, 581.0, 226.0, 2.2, 0, false),
    ("Accueil du site", 2, 1, 1254.0, 494.0, 0.7, 0, false),
    ("Fiche produit", 2, 1, 2419.0, 684.0, 1.5, 1, false),
    ("Avis clients", 1, 1, 564.0, 279.0, 1.2, 0, false),
    ("Stock en magasin", 2, 1, 414.0, 173.0, 0.7, 0, false),
    ("Reciblage", 0, 1, 355.0, 238.0, -2.3, 0, false),
    ("Conseil par chat", 4, 1, 176.0, 75.0, 0.4, 0, false),
    ("Essai en rayon", 5, 1, 1062.0, 392.0, 2.8, 2, false),
    ("Panier", 2, 2, 1037.0, 273.0, 1.2, 3, false),
    ("Code promo SMS", 3, 2, 165.0, 122.0, -0.8, 0, false),
    ("Conseil vendeur", 5, 2, 611.0, 308.0, 2.7, 5, false),
    ("Relance panier", 3, 2, 321.0, 208.0, -0.9, 0, false),
    ("Paiement", 2, 2, 598.0, 28.0, 0.0, 0, false),
    ("Caisse", 5, 2, 448.0, 0.0, 1.3, 0, true),
    ("Suivi de colis", 3, 3, 435.0, 0.0, 0.9, 0, true),
    ("Retrait", 5, 3, 142.0, 0.0, 1.5, 0, true),
    ("Livraison", 6, 3, 413.0, 13.0, 0.5, 0, false),
    ("Prise en main", 2, 3, 373.0, 4.0, 2.5, 0, false),
    ("Appel au SAV", 4, 3, 79.0, 29.0, -2.8, 0, false),
    ("Retour produit", 5, 3, 81.0, 27.0, -1.6, 0, false),
    ("Avis déposé", 1, 4, 72.0, 0.0, 2.1, 0, false),
    ("Photo partagée", 1, 4, 72.0, 0.0, 3.6, 0, false),
    ("Enquête", 3, 4, 165.0, 7.0, -0.3, 0, false),
    ("Parrainage", 2, 4, 76.0, 0.0, 2.5, 0, false),
    ("Carte de fidélité", 5, 4, 225.0, 5.0, 2.5, 0, false),
    ("Mail d’anniversaire", 3, 5, 125.0, 77.0, 1.5, 0, false),
    ("Notification", 2, 5, 129.0, 93.0, -0.7, 0, false),
    ("Offre par courrier", 6, 5, 62.0, 47.0, 1.7, 0, false),
    ("Vente privée", 5, 5, 105.0, 69.0, 2.8, 0, false),
];

/// From, to, passages, on a typical path.
#[rustfmt::skip]
pub(super) const FLOWS: &[(usize, usize, f64, bool)] = &[
    (9, 10, 462.0, false), (21, 23, 426.0, false), (3, 9, 386.0, false), (9, 12, 369.0, false), (15, 18, 327.0, false),
    (0, 6, 323.0, false), (0, 9, 317.0, false), (2, 9, 315.0, false), (2, 7, 299.0, false), (1, 9, 287.0, false),
    (0, 7, 282.0, false), (9, 11, 266.0, false), (7, 9, 251.0, false), (6, 9, 239.0, false), (5, 14, 237.0, false),
    (10, 15, 234.0, false), (23, 24, 218.0, false), (20, 31, 196.0, false), (1, 8, 184.0, false), (9, 13, 176.0, false),
    (8, 11, 149.0, false), (19, 22, 142.0, false), (14, 20, 129.0, false), (11, 17, 126.0, false), (5, 6, 121.0, false),
    (3, 8, 120.0, false), (11, 15, 116.0, false), (3, 14, 116.0, false), (2, 8, 110.0, false), (5, 8, 106.0, false),
    (7, 10, 104.0, false), (14, 16, 98.0, false), (18, 19, 93.0, false), (31, 35, 88.0, false), (20, 24, 86.0, false),
    (29, 32, 77.0, false), (4, 8, 76.0, false), (24, 29, 74.0, false), (22, 24, 74.0, false), (24, 28, 73.0, false),
    (24, 27, 72.0, false), (23, 29, 69.0, false), (13, 15, 67.0, false), (24, 33, 66.0, false), (31, 34, 65.0, false),
    (23, 25, 57.0, false), (10, 16, 53.0, false), (31, 32, 50.0, false), (23, 26, 45.0, false), (24, 30, 41.0, false),
    (22, 31, 31.0, false), (20, 26, 29.0, false), (30, 33, 27.0, false), (25, 29, 27.0, false), (16, 20, 23.0, false),
    (21, 25, 22.0, false), (12, 15, 22.0, false), (16, 19, 21.0, false), (29, 30, 21.0, false), (17, 19, 19.0, false),
    (13, 17, 19.0, false), (27, 33, 18.0, false), (28, 33, 18.0, false), (13, 16, 15.0, false), (32, 35, 15.0, false),
    (27, 30, 14.0, false), (26, 31, 10.0, false), (4, 14, 705.0, true), (9, 15, 620.0, true), (8, 9, 615.0, true),
    (0, 8, 583.0, true), (15, 19, 485.0, true), (14, 17, 450.0, true), (19, 21, 448.0, true), (17, 20, 294.0, true),
    (33, 9, 30.0, false), (32, 9, 28.0, false), (32, 8, 13.0, false), (28, 2, 25.0, false), (35, 20, 41.0, false),
    (26, 17, 26.0, false), (34, 14, 11.0, false), (12, 9, 109.0, false), (18, 15, 26.0, false),
];
